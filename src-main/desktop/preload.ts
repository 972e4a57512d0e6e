import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** This file runs in the window, whose types are not available to main's sources. */
declare const window: {
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
};
declare const location: { readonly origin: string };

contextBridge.exposeInMainWorld('negatoscope', {
  acquireEnginePort: (nonce: string) => ipcRenderer.send('engine-port', nonce),
  pickFolder: () => ipcRenderer.invoke('pick-folder'),
  pathOf: (file: Parameters<typeof webUtils.getPathForFile>[0]) => webUtils.getPathForFile(file),
  showInFolder: (path: string) => ipcRenderer.invoke('show-in-folder', path),
});

ipcRenderer.on('engine-port', (event, nonce: string) => {
  window.postMessage(nonce, location.origin, event.ports);
});
