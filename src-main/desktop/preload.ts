import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type {
  DesktopBridge,
  DesktopCommand,
  EnginePortMessage,
  KnownPreferences,
  KnownRemoteEngines,
} from '../contract/desktop.ts';

/** This file runs in the window, whose types are not available to main's sources. */
declare const window: {
  postMessage(message: EnginePortMessage, targetOrigin: string, transfer: readonly unknown[]): void;
};
declare const location: { readonly origin: string };

/** The page's own bridge adds the type of a dropped file, which main's sources do not know. */
const bridge: DesktopBridge & { pathOf: typeof webUtils.getPathForFile } = {
  acquireEnginePort: (nonce) => ipcRenderer.send('engine-port', nonce),
  restartEngine: (beginning) => ipcRenderer.send('restart-engine', beginning),
  engineHost: () => ipcRenderer.invoke('engine-host') as Promise<string | null>,
  editText: (change) => ipcRenderer.send('edit-text', change),
  pickFolder: () => ipcRenderer.invoke('pick-folder') as Promise<string | null>,
  pickLibrary: () => ipcRenderer.invoke('pick-library') as Promise<string | null>,
  pathOf: (file) => webUtils.getPathForFile(file),
  openPath: (path) => ipcRenderer.send('open-path', path),
  setMenuState: (state) => ipcRenderer.send('menu-state', state),
  showInFolder: (path) => ipcRenderer.invoke('show-in-folder', path) as Promise<boolean>,
  showLogs: () => ipcRenderer.send('show-logs'),
  copyDiagnostics: () => ipcRenderer.invoke('copy-diagnostics') as Promise<boolean>,
  remoteEngines: () => ipcRenderer.invoke('remote-engines') as Promise<KnownRemoteEngines>,
  useRemoteEngine: (wanted) =>
    ipcRenderer.invoke('use-remote-engine', wanted) as Promise<string | null>,
  useOwnEngine: () => ipcRenderer.send('use-own-engine'),
  forgetRemoteEngine: (origin) =>
    ipcRenderer.invoke('forget-remote-engine', origin) as Promise<KnownRemoteEngines>,
  preferences: () => ipcRenderer.invoke('preferences') as Promise<KnownPreferences>,
  savePreferences: (wanted) =>
    ipcRenderer.invoke('save-preferences', wanted) as Promise<string | null>,
  renewEngine: () => ipcRenderer.send('renew-engine'),
  onCommand(listener) {
    ipcRenderer.on('command', (_event, command: DesktopCommand) => listener(command));
    ipcRenderer.send('listening');
  },
};
contextBridge.exposeInMainWorld('negatoscope', bridge);

ipcRenderer.on('engine-port', (event, message: EnginePortMessage) => {
  window.postMessage(message, location.origin, event.ports);
});
