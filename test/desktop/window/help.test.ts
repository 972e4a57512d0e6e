import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageDescription from '../../../package.json' with { type: 'json' };
import { choose, offered } from './app-menu.ts';
import { startApp } from './app-under-test.ts';
import { answerOpenDialog, pictureFolder, waitForLibrary } from './open-folder.ts';

describe('the menu Help', () => {
  it('copies diagnostics with versions and counts, and without paths and names', async () => {
    const { electron, page, home } = await startApp();
    const folder = await pictureFolder({ home }, 'secret holiday');
    await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    await answerOpenDialog({ electron }, folder);
    await choose(electron, 'File', 'Open Folder…');
    await waitForLibrary({ page }, 'secret holiday');
    const log = await electron.evaluate(({ app }) => `${app.getPath('logs')}/main.log`);
    await appendFile(log, `${join(folder, 'clothing/a b.png')} was skipped.\n`);
    await choose(electron, 'Help', 'Copy Diagnostics');
    await page.getByText('Copied the diagnostics').waitFor();
    const copied = await electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toContain(`Negatoscope: ${packageDescription.version}`);
    const electronVersion = await electron.evaluate(() => process.versions.electron);
    expect(copied).toContain(`Electron: ${electronVersion}`);
    expect(copied).toContain(`Engine: Node ${process.versions.node}`);
    expect(copied).toContain('Library: 96 pictures, 96 files, 0 skipped, 8 labels, 1 folders');
    expect(copied).toContain('Device: ');
    expect(copied).toContain('<path> was skipped.');
    expect(copied).not.toContain('holiday');
    expect(copied).not.toContain(home);
    expect(copied).not.toContain('a b.png');
  });

  it('says what this is, and shows the logs and what a crash leaves', async () => {
    const { electron, page } = await startApp();
    await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
    await electron.evaluate(({ dialog, shell }) => {
      const seen: unknown[] = [];
      Object.assign(globalThis, { seen });
      dialog.showMessageBox = (...given: unknown[]) => {
        seen.push(given.at(-1));
        return Promise.resolve({ response: 0, checkboxChecked: false });
      };
      shell.openPath = (path) => {
        seen.push(path);
        return Promise.resolve('');
      };
    });
    const seen = () => electron.evaluate(() => (globalThis as unknown as { seen: unknown[] }).seen);
    await choose(electron, 'Help', 'About Negatoscope');
    await expect.poll(seen).toHaveLength(1);
    const [about] = (await seen()) as [{ message: string; detail: string }];
    expect(about.message).toBe(`Negatoscope ${packageDescription.version}`);
    expect(about.detail).toMatch(
      /^Electron: .+\nChromium: .+\nEngine: Node .+\nDevice: .+\nLibrary format: \d+$/,
    );

    await choose(electron, 'Help', 'Show Logs');
    await expect.poll(seen).toHaveLength(2);
    const kept = await electron.evaluate(({ app, crashReporter }) => ({
      logs: app.getPath('logs'),
      crashes: app.getPath('crashDumps'),
      isSent: crashReporter.getUploadToServer(),
    }));
    expect((await seen())[1]).toBe(kept.logs);
    expect(kept.crashes.startsWith(kept.logs)).toBe(true);
    expect(kept.isSent).toBe(false);
    // This package holds no notices.
    expect(await offered(electron, 'Help')).not.toContain('Licences');
  });
});

describe('a click with the right button', () => {
  it('offers what can be done with the text in a field, and copies', async () => {
    const { electron, page } = await startApp();
    await page.getByRole('button', { name: 'Open a library file…' }).waitFor();
    await electron.evaluate(({ Menu }) => {
      Menu.prototype.popup = function (this: Electron.Menu) {
        Object.assign(globalThis, { clicked: this });
      };
    });
    const clicked = () =>
      electron.evaluate(() => {
        const { clicked: menu } = globalThis as unknown as { clicked?: Electron.Menu };
        return (menu?.items ?? []).filter((one) => one.enabled && one.role).map((one) => one.role);
      });
    await page.getByRole('button', { name: 'Choose a folder and its labels…' }).click();
    const field = page.getByRole('dialog').getByRole('textbox').first();
    await field.fill('/somewhere');
    await field.selectText();
    await field.click({ button: 'right' });
    await expect.poll(clicked).toEqual(expect.arrayContaining(['cut', 'copy', 'selectall']));
    await electron.evaluate(({ BrowserWindow }) => {
      const { clicked: menu } = globalThis as unknown as { clicked: Electron.Menu };
      const [window] = BrowserWindow.getAllWindows();
      const item = menu.items.find((one) => one.role?.toLowerCase() === 'cut');
      (item?.click as unknown as (...given: unknown[]) => void)({}, window, window?.webContents);
    });
    await expect.poll(() => field.inputValue()).toBe('');
    expect(await electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('/somewhere');
  });
});
