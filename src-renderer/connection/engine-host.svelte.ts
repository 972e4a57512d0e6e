import { desktopBridge } from './desktop-bridge.ts';

/** The machine of a remote engine of the desktop shell; null where the engine is this one's, and in a browser. */
export const engineHost = $state<{ name: string | null }>({ name: null });

/** What a folder of the engine's is called: in the desktop app with its own engine, simply a folder. */
export function engineFolderLabel(): string {
  const isHere = desktopBridge() !== null && engineHost.name === null;
  return isHere ? 'Folder' : 'Folder on the engine’s machine';
}
