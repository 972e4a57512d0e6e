import { BrowserWindow, dialog, ipcMain } from 'electron';
import type { WebFrameMain } from 'electron';
import type { EngineLink } from './engine-link.ts';
import { isOwnPage } from './page-protocol.ts';

/** Answers the preload's two requests, from frames of our own page only. */
export function answerWindows(link: () => EngineLink): void {
  ipcMain.on('engine-port', (event, nonce: unknown) => {
    const frame = event.senderFrame;
    if (!isOwnFrame(frame) || typeof nonce !== 'string') return;
    frame.postMessage('engine-port', nonce, [link().openPort()]);
  });
  ipcMain.handle('pick-folder', async (event): Promise<string | null> => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!isOwnFrame(event.senderFrame) || window === null) return null;
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Choose a folder of pictures',
      properties: ['openDirectory'],
    });
    return filePaths[0] ?? null;
  });
}

function isOwnFrame(frame: WebFrameMain | null): frame is WebFrameMain {
  return frame !== null && isOwnPage(frame.url);
}
