import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { app, BrowserWindow, dialog, MessageChannelMain, shell } from 'electron';
import type { OpenDialogOptions, WebFrameMain } from 'electron';
import type { EngineBeginning, EngineRefusal } from '../contract/desktop.ts';
import { menuState, type MenuState } from '../contract/desktop-menu.ts';
import { relay } from '../rpc/byte-channel.ts';
import { portBytes } from '../rpc/port-bytes.ts';
import { EngineUnreachable, type EngineLink } from './engine-link.ts';
import { mainPort } from './main-port.ts';
import { answerPage, listenToPage, type Asking } from './page-calls.ts';

interface WindowCalls {
  readonly link: () => EngineLink;
  /** A window has a way to the engine. */
  readonly onConnected: () => void;
  readonly restartEngine: (beginning: EngineBeginning) => void;
  readonly showLogs: () => void;
  readonly copyDiagnostics: () => Promise<void>;
  /** A path of this machine was dropped on the page. */
  readonly openPath: (path: string) => void;
  readonly setMenuState: (state: MenuState) => void;
  /** The page takes commands from now on. */
  readonly onListening: () => void;
  readonly onError: (what: string, error: unknown) => void;
}

/** Answers requests of the preload script. */
export function answerWindows(calls: WindowCalls): void {
  const { link, onError } = calls;
  const listen = (channel: string, listener: (given: unknown, asking: Asking) => void): void =>
    listenToPage(channel, listener, () => onError('A frame that is not the page asked', channel));
  listen('engine-port', (nonce, { frame }) => {
    if (typeof nonce === 'string') void giveWay(frame, nonce, calls);
  });
  listen('restart-engine', (beginning) => {
    if (beginning === 'last-library' || beginning === 'no-library') calls.restartEngine(beginning);
  });
  listen('open-path', (path) => {
    if (typeof path === 'string' && isAbsolute(path)) calls.openPath(path);
  });
  listen('menu-state', (state) => {
    const told = menuState.safeParse(state);
    if (told.success) calls.setMenuState(told.data);
  });
  listen('show-logs', () => calls.showLogs());
  listen('listening', () => calls.onListening());
  listen('edit-text', (change, { contents }) => {
    if (change === 'undo') contents.undo();
    if (change === 'redo') contents.redo();
  });
  answerPage(
    'engine-host',
    () => link().remoteName,
    () => null,
  );
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
  answerPage(
    'copy-diagnostics',
    () => calls.copyDiagnostics().then(() => true),
    () => false,
  );
  answerPage(
    'show-in-folder',
    (path) => typeof path === 'string' && showInFolder(path, link()),
    () => false,
  );
}

/** Shows a file in its folder; false where it is not on this machine. */
function showInFolder(path: string, { remoteName }: EngineLink): boolean {
  // Paths of a remote engine are those of another machine.
  if (remoteName !== null || !isAbsolute(path) || !existsSync(path)) return false;
  shell.showItemInFolder(path);
  return true;
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
  const ask = async (_given: unknown, { contents }: Asking): Promise<string | null> => {
    const window = BrowserWindow.fromWebContents(contents);
    if (window === null) return null;
    const { filePaths } = await dialog.showOpenDialog(window, { ...options, ...place });
    const [chosen] = filePaths;
    // The next one is often beside it.
    if (chosen !== undefined) place = { defaultPath: dirname(chosen) };
    return chosen ?? null;
  };
  answerPage(channel, ask, () => null);
}
