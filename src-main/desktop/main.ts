import { app } from 'electron';
import { dataFolder } from '../engine/session/default-location.ts';
import { appFiles } from './app-files.ts';
import { openLog } from './app-log.ts';
import { DesktopApp, type AppStart } from './desktop-app.ts';
import { registerPageScheme } from './page-protocol.ts';

/** The entry of Electron's main process. */
const thisStart: AppStart = {
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  workingFolder: process.cwd(),
};

app.enableSandbox();
registerPageScheme();
// A start while the app runs is passed on to it.
if (app.requestSingleInstanceLock(thisStart)) void app.whenReady().then(begin);
else app.quit();

function begin(): void {
  const desktopApp = new DesktopApp({
    start: thisStart,
    files: appFiles(import.meta.dirname, process.resourcesPath, app.isPackaged, process.env),
    dataFolder: dataFolder(process.env),
    log: openLog(app.getPath('logs')),
  });
  desktopApp.begin(process.env.NEGATOSCOPE_ENGINE ?? '');
}
