import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { dataFolder } from '../engine/session/default-location.ts';
import { appFiles } from './app-files.ts';
import { openLog } from './app-log.ts';
import { DesktopApp, type AppStart } from './desktop-app.ts';
import { keepCrashDumps } from './diagnostics/crash-dumps.ts';
import { keepOffNetwork } from './no-network.ts';
import { registerPageScheme } from './page-protocol.ts';
import { startWords } from './start-words.ts';
import { SystemRequests } from './system-requests.ts';

/** The entry of Electron's main process. */
const thisStart: AppStart = {
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  workingFolder: process.cwd(),
};

const words = startWords(thisStart.args, app.getVersion());
if (words === null) start();
else process.stdout.write(words, () => app.exit(0));

function start(): void {
  app.enableSandbox();
  keepOffNetwork();
  registerPageScheme();
  const requests = new SystemRequests();
  let obstacle: string | null = null;
  try {
    keepCrashDumps();
  } catch (error) {
    const place = app.commandLine.getSwitchValue('user-data-dir') || homedir();
    obstacle = `Nothing can be written to ${place} (${messageOf(error)}). Make your folders writable, or name another one by --user-data-dir=FOLDER.`;
    // Chromium ends without a word where it cannot write, before anything can be told.
    app.setPath('userData', mkdtempSync(join(tmpdir(), 'negatoscope-')));
  }
  // A start while the app runs is passed on to it.
  if (obstacle === null && !app.requestSingleInstanceLock(thisStart)) app.quit();
  else void app.whenReady().then(() => (obstacle === null ? begin(requests) : refuse(obstacle)));
}

function begin(requests: SystemRequests): void {
  try {
    const desktopApp = new DesktopApp({
      ...{ start: thisStart, requests },
      files: appFiles(import.meta.dirname, process.resourcesPath, app.isPackaged, process.env),
      dataFolder: dataFolder(process.env),
      log: openLog(app.getPath('logs')),
    });
    desktopApp.begin(process.env.NEGATOSCOPE_ENGINE ?? '');
  } catch (error) {
    refuse(messageOf(error));
  }
}

function refuse(sentence: string): void {
  dialog.showErrorBox('Negatoscope cannot start', sentence);
  app.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
