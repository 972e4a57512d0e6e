import { expect, it } from 'vitest';
import { startApp, type AppUnderTest } from './app-under-test.ts';
import { openFirstFolder, pictureFolder } from './open-folder.ts';

async function startOnPictures(): Promise<AppUnderTest> {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  return app;
}

it('copies to the clipboard, and says so once it is there', async () => {
  const app = await startOnPictures();
  const { page, electron } = app;
  await electron.evaluate(({ clipboard }) => clipboard.writeText('before'));
  await page
    .getByRole('list', { name: /pictures/i })
    .getByRole('button')
    .first()
    .click();
  await page.getByRole('button', { name: 'Copy the content hash' }).click();
  await page.getByText('Copied the content hash.').waitFor();
  const copied = await electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^[0-9a-f]{64}$/);
});

it('takes back by the menu what was changed on the page, and in a text field what was typed', async () => {
  const { page, electron } = await startOnPictures();
  const undo = () =>
    electron.evaluate(({ Menu, BrowserWindow }) => {
      const item = Menu.getApplicationMenu()
        ?.items.find(({ label }) => label === '&Edit')
        ?.submenu?.items.find(({ label }) => label === 'Undo');
      item?.click(undefined, BrowserWindow.getAllWindows()[0]);
    });
  await undo();
  await page.getByText('Nothing is left to take back.').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('abc');
  await undo();
  await expect.poll(() => page.locator('#search').inputValue()).not.toBe('abc');
});

it('has a second key to zoom in', async () => {
  const { electron } = await startOnPictures();
  const keys = await electron.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
      .filter(({ role }) => (role as string | undefined)?.toLowerCase() === 'zoomin')
      .map(({ accelerator }) => accelerator),
  );
  expect(keys).toContain('CommandOrControl+=');
});

it('asks where to save a file by its name', async () => {
  const { page, electron } = await startOnPictures();
  await electron.evaluate(({ session }) => {
    session.defaultSession.on('will-download', (_event, item) => {
      Object.assign(globalThis, { asked: item.getSaveDialogOptions() });
      item.cancel();
    });
  });
  await page.evaluate(`(() => {
    const address = URL.createObjectURL(new Blob(['a,b'], { type: 'text/csv' }));
    Object.assign(document.createElement('a'), { href: address, download: 'pairs.csv' }).click();
  })()`);
  const asked = () => electron.evaluate(() => (globalThis as { asked?: unknown }).asked);
  await expect.poll(asked).toMatchObject({ title: 'Save the File', defaultPath: 'pairs.csv' });
});
