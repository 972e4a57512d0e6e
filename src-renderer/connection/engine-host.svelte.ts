import { desktopBridge, type DesktopBridge } from './desktop-bridge.ts';

/** The machine of a remote engine of the desktop shell; null where the engine is this one's, and in a browser. */
export const engineHost = $state<{ name: string | null }>({ name: null });

/**
 * The desktop shell where its dialogs list the engine's files; null in a browser, and where the engine is
 * on another machine.
 */
export function shellBesideEngine(): DesktopBridge | null {
  return engineHost.name === null ? desktopBridge() : null;
}

/** What a folder of the engine's is called: in the desktop app with its own engine, simply a folder. */
export function engineFolderLabel(): string {
  return shellBesideEngine() === null ? 'Folder on the engine’s machine' : 'Folder';
}
