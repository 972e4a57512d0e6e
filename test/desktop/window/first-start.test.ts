import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { telemetryFiles } from '../../../packaging/check/telemetry-files.ts';
import { startApp } from './app-under-test.ts';
import { openFirstFolder, pictureFolder, waitForLibrary } from './open-folder.ts';

it('opens a folder by the system’s dialog, scans it, and opens it again at the next start', async () => {
  const app = await startApp();
  const folder = await pictureFolder(app, 'my pictures');
  await openFirstFolder(app, folder);
  const title = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  await expect.poll(title).toBe('my pictures – Negatoscope');
  await app.close();
  const again = await startApp({ home: app.home });
  await waitForLibrary(again, 'my pictures');
});

it('writes what the engine says to a log, and nothing to the terminal', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  const logs = await app.electron.evaluate(({ app: shell }) => shell.getPath('logs'));
  expect(await readFile(join(logs, 'main.log'), 'utf8')).toMatch(
    /Negatoscope \d+\.\d+\.\d+, Electron/,
  );
  // Chromium tells there what it misses on a machine without a desktop or a graphics card.
  const chromium =
    /^\[[\d:/.]+:[A-Z]+:\w+\.cc\(\d+\)\]|^DevTools listening|^Debugger |^For help, see/;
  const ours = app
    .terminal()
    .split('\n')
    .filter((line) => line !== '' && !chromium.test(line));
  expect(ours).toEqual([]);
});

it('keeps nothing for ONNX Runtime’s telemetry', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  await app.page.getByRole('button', { name: /^Start at once/ }).click();
  await app.page.getByText(/^The map of .* is ready/).waitFor();
  expect(telemetryFiles(app.home)).toEqual([]);
});

it('tells at the start that the library used last is damaged, and lets another one be opened', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  const file = await libraryFile(app.home);
  await app.close();
  await writeFile(file, 'this is no database, and never was one'.repeat(200));
  const again = await startApp({ home: app.home });
  await again.page.getByText(`${file} is not a Negatoscope library`).waitFor();
  await openFirstFolder(again, await pictureFolder(again, 'others'));
});

async function libraryFile(home: string): Promise<string> {
  const list = await readFile(join(home, 'data/recent-libraries.json'), 'utf8');
  const [first] = JSON.parse(list) as { file: string }[];
  if (!first) throw new Error('No library was opened.');
  return first.file;
}
