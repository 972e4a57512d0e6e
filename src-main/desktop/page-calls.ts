import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import { isOwnPage } from './page-protocol.ts';

/** Who asks: a frame of our own page, and the contents that it is in. */
export interface Asking {
  readonly frame: WebFrameMain;
  readonly contents: WebContents;
}

/** Listens to messages of the preload script; those of a frame that does not show our page go to `refuse`. */
export function listenToPage(
  channel: string,
  listener: (given: unknown, asking: Asking) => void,
  refuse: () => void,
): void {
  ipcMain.on(channel, ({ senderFrame, sender }, given: unknown) => {
    if (isOwnFrame(senderFrame)) listener(given, { frame: senderFrame, contents: sender });
    else refuse();
  });
}

/** Answers questions of the preload script; a frame that does not show our page gets what `refuse` gives. */
export function answerPage(
  channel: string,
  answer: (given: unknown, asking: Asking) => unknown,
  refuse: () => unknown,
): void {
  ipcMain.handle(channel, ({ senderFrame, sender }, given: unknown) =>
    isOwnFrame(senderFrame) ? answer(given, { frame: senderFrame, contents: sender }) : refuse(),
  );
}

function isOwnFrame(frame: WebFrameMain | null): frame is WebFrameMain {
  return frame !== null && isOwnPage(frame.url);
}
