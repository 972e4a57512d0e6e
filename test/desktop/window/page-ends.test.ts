import { expect, it } from 'vitest';
import { anchorAddressOf } from '../../../src-main/contract/anchor-address.ts';
import { processesOf, processOf } from './app-processes.ts';
import { newHome, startApp } from './app-under-test.ts';
import { libraryToLink } from './linked-library.ts';
import { openFirstFolder, pictureFolder, waitForLibrary } from './open-folder.ts';

it('loads the page again when its process is killed, on the library that was open', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  const before = processOf(app, 'page');
  process.kill(before, 'SIGKILL');
  await expect.poll(() => processesOf(app, 'page').filter((pid) => pid !== before).length).toBe(1);
  const shown = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
    );
  await expect.poll(shown).toContain('96 pictures · 8 labels');
});

it('comes back to the page that it was on, not to that of its anchor', async () => {
  const home = await newHome();
  const { file, run, hashes } = await libraryToLink(home);
  const link = anchorAddressOf({ anchor: hashes[7] ?? '', library: file, run });
  const app = await startApp({ home, args: [link] });
  const { electron, page } = app;
  await page.getByRole('toolbar', { name: 'Anchor actions' }).waitFor();
  await page.keyboard.press('2');
  await page.getByRole('main', { name: 'train' }).waitFor();
  expect(page.url()).toContain('anchor=');
  const inPage = (script: string): Promise<unknown> =>
    electron.evaluate(
      ({ BrowserWindow }, text) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text),
      script,
    );
  const shown = () => inPage('document.querySelector("main")?.ariaLabel ?? ""');
  await inPage('(window.isOld = true, 0)');
  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.reload(),
  );
  await expect.poll(() => inPage('window.isOld ?? false')).toBe(false);
  await expect.poll(shown).toMatch(/train|explore/);
  expect(await shown()).toBe('train');

  const before = processOf(app, 'page');
  process.kill(before, 'SIGKILL');
  await expect.poll(() => processesOf(app, 'page').filter((pid) => pid !== before).length).toBe(1);
  await expect.poll(shown).toMatch(/train|explore/);
  expect(await shown()).toBe('train');
});

it('goes on when the process for graphics is killed', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  const before = processOf(app, 'graphics');
  process.kill(before, 'SIGKILL');
  await expect
    .poll(() => processesOf(app, 'graphics').filter((pid) => pid !== before).length)
    .toBe(1);
  await waitForLibrary(app, 'pictures');
  await app.page.keyboard.press('2');
  await app.page.getByRole('main', { name: 'train' }).waitFor();
});
