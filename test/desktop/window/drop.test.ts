import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../../src-main/server/start-server.ts';
import { openTestEngine } from '../../contract/engine-shells.ts';
import { startApp } from './app-under-test.ts';
import { dragOver, drop } from './dropped-files.ts';
import { pictureFolder, waitForLibrary } from './open-folder.ts';

const middle = { x: 600, y: 400 };

describe('what is dropped on the window', () => {
  it('is opened on any page: a folder, then the library of one', async () => {
    const { page, home } = await startApp();
    const first = await pictureFolder({ home }, 'emoji');
    const second = await pictureFolder({ home }, 'more emoji');
    await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    await drop(page, [first], middle);
    await waitForLibrary({ page }, 'emoji');

    await page.keyboard.press('4');
    await drop(page, [second], middle);
    await waitForLibrary({ page }, 'more emoji');
  });

  it('is announced while it is dragged, and not opened where it is no folder', async () => {
    const { page, home } = await startApp();
    const folder = await pictureFolder({ home }, 'emoji');
    await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    await drop(page, [folder], middle);
    await waitForLibrary({ page }, 'emoji');
    const offer = page.getByText('Drop a folder of pictures or a library to open it.');
    for (const theme of ['Light', 'Dark']) {
      await page.getByRole('button', { name: theme, exact: true }).click();
      await dragOver(page, [folder], middle);
      await offer.waitFor();
    }
    const picture = join(folder, 'animal-bird/1f413__fluent-emoji-flat.png');
    await drop(page, [picture], middle);
    await page.getByText(/is neither a folder of pictures nor a library/).waitFor();
    expect(await offer.count()).toBe(0);
    await page.getByRole('button', { name: /^Library emoji/ }).waitFor();
  });

  it('goes into a dialog that takes files', async () => {
    const { page, home } = await startApp();
    const folder = await pictureFolder({ home }, 'emoji');
    await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    await drop(page, [folder], middle);
    await waitForLibrary({ page }, 'emoji');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('import embeddings');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Import embeddings' });
    await dialog.waitFor();
    await dragOver(page, [folder], middle);
    await page.getByText('“Import embeddings” takes what you drop.').waitFor();
    await drop(page, [folder], middle);
    await page.getByText('“Import embeddings” takes what you drop.').waitFor({ state: 'detached' });
    await dialog.waitFor();
  });

  it('means nothing to an engine on another machine, which is said before and after', async () => {
    const opened = await openTestEngine();
    onTestFinished(() => opened.close());
    const where = { engine: opened.engine, pageFolder: null, host: '127.0.0.1', port: 0 };
    const server = await startServer(where);
    onTestFinished(() => server.close());
    const args = [tmpdir()];
    const { page, home } = await startApp({ args, env: { NEGATOSCOPE_ENGINE: server.url } });
    await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    const folder = await pictureFolder({ home }, 'emoji');
    const sentence = `The engine runs on 127.0.0.1:${server.port}, which cannot read files of this computer`;
    // Of the folder that the app was started with.
    await page.getByText(`${sentence}: open one of its own folders`).waitFor();
    await page.getByRole('button', { name: /^Dismiss: The engine runs/ }).click();
    await dragOver(page, [folder], middle);
    await page.getByText(`${sentence}.`).waitFor();
    await drop(page, [folder], middle);
    await page.getByText(`${sentence}: open one of its own folders`).waitFor();
    expect(await opened.engine.call('library.status', {})).toMatchObject({ file: null });
  });
});
