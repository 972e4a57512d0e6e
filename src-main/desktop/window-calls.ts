import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, MessageChannelMain, shell } from 'electron';
import type { OpenDialogOptions, WebFrameMain } from 'electron';
import type { EngineBeginning, EngineRefusal } from '../contract/desktop.ts';
import { menuState, type MenuState } from '../contract/desktop-menu.ts';
import { relay } from '../rpc/byte-channel.ts';
import { portBytes } from '../rpc/port-bytes.ts';
import { EngineUnreachable, type EngineLink } from './engine-link.ts';
import { mainPort } from './main-port.ts';
import { isOwnPage } from './page-protocol.ts';

interface WindowCalls {
  readonly link: () => EngineLink;
  /** A window has a way to the engine. */
  readonly onConnected: () => void;
  readonly restartEngine: (beginning: EngineBeginning) => void;
  readonly showLogs: () => void;
  /** A path of this machine was dropped on the page. */
  readonly openPath: (path: string) => void;
  readonly setMenuState: (state: MenuState) => void;
  /** The page takes commands from now on. */
  readonly onListening: () => void;
  readonly onError: (what: string, error: unknown) => void;
}

/** Answers requests of the preload script, only from frames of our own page. */
export function answerWindows(calls: WindowCalls): void {
  const { link, onError } = calls;
  const listen = (
    channel: string,
    answer: (frame: WebFrameMain, given: unknown) => unknown,
  ): void => {
    ipcMain.on(channel, (event, given: unknown) => {
      if (isOwnFrame(event.senderFrame)) answer(event.senderFrame, given);
      else onError('A frame that is not the page asked', channel);
    });
  };
  listen('engine-port', (frame, nonce) => {
    if (typeof nonce === 'string') void giveWay(frame, nonce, calls);
  });
  listen('restart-engine', (_frame, beginning) => {
    if (beginning === 'last-library' || beginning === 'no-library') calls.restartEngine(beginning);
  });
  listen('open-path', (_frame, path) => {
    if (typeof path === 'string' && isAbsolute(path)) calls.openPath(path);
  });
  listen('menu-state', (_frame, state) => {
    const told = menuState.safeParse(state);
    if (told.success) calls.setMenuState(told.data);
  });
  listen('show-logs', () => calls.showLogs());
  listen('listening', () => calls.onListening());
  ipcMain.handle('engine-host', ({ senderFrame }) =>
    isOwnFrame(senderFrame) ? link().remoteName : null,
  );
  ipcMain.on('edit-text', ({ senderFrame, sender }, change: unknown) => {
    if (!isOwnFrame(senderFrame)) return;
    if (change === 'undo') sender.undo();
    if (change === 'redo') sender.redo();
  });
  answerDialog('pick-folder', {
    title: 'Choose a folder of pictures',
    defaultPath: app.getPath('home'),
    properties: ['openDirectory'],
  });
  answerDialog('pick-library', {
    title: 'Choose a library',
    properties: ['openFile'],
    filters: [{ name: 'Libraries', extensions: ['sqlite'] }],
  });
  ipcMain.handle('show-in-folder', (event, path: unknown): boolean => {
    if (!isOwnFrame(event.senderFrame) || typeof path !== 'string') return false;
    // Paths of a remote engine are those of another machine.
    if (link().remoteName !== null || !isAbsolute(path) || !existsSync(path)) return false;
    shell.showItemInFolder(path);
    return true;
  });
}

/** Sends the frame a port to the engine, or why there is none. */
async function giveWay(frame: WebFrameMain, nonce: string, calls: WindowCalls): Promise<void> {
  try {
    const way = await calls.link().open();
    const { port1, port2 } = new MessageChannelMain();
    relay(way, portBytes(mainPort(port2)));
    frame.postMessage('engine-port', { nonce, refusal: null }, [port1]);
    calls.onConnected();
  } catch (error) {
    calls.onError('There is no way to the engine:', error);
    frame.postMessage('engine-port', { nonce, refusal: refusalOf(error) });
  }
}

function refusalOf(error: unknown): EngineRefusal {
  if (error instanceof EngineUnreachable) return error.refusal;
  return { sentence: `The engine cannot be reached: ${String(error)}`, log: '', isFinal: false };
}

function answerDialog(channel: string, options: OpenDialogOptions): void {
  let place: Pick<OpenDialogOptions, 'defaultPath'> = {};
  ipcMain.handle(channel, async ({ senderFrame, sender }): Promise<string | null> => {
    const window = BrowserWindow.fromWebContents(sender);
    if (!isOwnFrame(senderFrame) || window === null) return null;
    const { filePaths } = await dialog.showOpenDialog(window, { ...options, ...place });
    const [chosen] = filePaths;
    // The next one is often beside it.
    if (chosen !== undefined) place = { defaultPath: dirname(chosen) };
    return chosen ?? null;
  });
}

/** Whether a frame shows our own page. */
export function isOwnFrame(frame: WebFrameMain | null): frame is WebFrameMain {
  return frame !== null && isOwnPage(frame.url);
}
