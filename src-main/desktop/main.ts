import { isAbsolute, join } from 'node:path';
import { app, BrowserWindow, clipboard, dialog } from 'electron';
import { toErrorReport } from '../contract/errors/errors.ts';
import { dataFolder } from '../engine/session/default-location.ts';
import { appFiles } from './app-files.ts';
import type { EngineLink } from './engine-link.ts';
import { LocalEngine } from './local-engine.ts';
import { setMenu } from './menu.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { openRemoteEngine } from './remote-engine.ts';
import { lockDown } from './security.ts';
import { answerWindows } from './window-calls.ts';
import { openWindow } from './window.ts';

const files = appFiles(import.meta.dirname, process.resourcesPath, app.isPackaged);
let link: EngineLink = new LocalEngine({
  entry: files.engineEntry,
  dataFolder: dataFolder(process.env),
  modelFolder: files.modelFolder,
  workingFolder: app.getPath('home'),
  folder: process.argv.slice(app.isPackaged ? 1 : 2).find((argument) => isAbsolute(argument)),
});
const ownEngine = link;

app.enableSandbox();
registerPageScheme();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

async function start(): Promise<void> {
  lockDown();
  servePage(files.pageFolder, () => link.client());
  answerWindows(() => link);
  setMenu(process.platform, {
    isPackaged: app.isPackaged,
    openRemoteEngine: () => void clipboard.readText().then(connectRemote),
    useOwnEngine: () => void changeLink(ownEngine),
  });
  const remote = process.env.NEGATOSCOPE_ENGINE;
  if (remote !== undefined && remote !== '') await connectRemote(remote);
  showWindow();
}

function showWindow(): void {
  const { remoteName } = link;
  const title = remoteName === null ? 'Negatoscope' : `Negatoscope on ${remoteName}`;
  const boundsFile = join(app.getPath('userData'), 'window.json');
  openWindow({ preload: files.preload, boundsFile, title });
}

async function connectRemote(address: string): Promise<void> {
  try {
    await changeLink(await openRemoteEngine(address));
  } catch (error) {
    dialog.showErrorBox('The remote engine was not opened', toErrorReport(error).message);
  }
}

/** The page connects again when it is reloaded. */
async function changeLink(next: EngineLink): Promise<void> {
  const former = link;
  link = next;
  for (const window of BrowserWindow.getAllWindows()) window.reload();
  if (former !== next && former !== ownEngine) await former.close();
}

app.on('second-instance', () => {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
});
app.on('activate', () => {
  if (BrowserWindow.getAllWindows().length === 0) showWindow();
});
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});

let isEngineClosed = false;
app.on('before-quit', (event) => {
  if (isEngineClosed) return;
  event.preventDefault();
  void ownEngine.close().then(() => {
    isEngineClosed = true;
    app.quit();
  });
});
