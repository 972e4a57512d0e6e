import { expect, it } from 'vitest';
import { processesOf, processOf } from './app-processes.ts';
import { startApp } from './app-under-test.ts';
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
