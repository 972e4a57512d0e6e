import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { BrowserWindow, dialog, ipcMain, shell } from 'electron';
import type { WebFrameMain } from 'electron';
import type { EngineLink } from './engine-link.ts';
import { isOwnPage } from './page-protocol.ts';

/** Answers requests of the preload script, only from frames of our own page. */
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
  ipcMain.handle('show-in-folder', (event, path: unknown): boolean => {
    if (!isOwnFrame(event.senderFrame) || typeof path !== 'string') return false;
    // Paths of a remote engine are those of another machine.
    if (link().remoteName !== null || !isAbsolute(path) || !existsSync(path)) return false;
    shell.showItemInFolder(path);
    return true;
  });
}

function isOwnFrame(frame: WebFrameMain | null): frame is WebFrameMain {
  return frame !== null && isOwnPage(frame.url);
}
