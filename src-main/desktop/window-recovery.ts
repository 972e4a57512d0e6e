import { app, dialog, type BrowserWindow } from 'electron';

/** A page that ended so often within a minute is not loaded again by itself. */
const mostReloads = 3;
const minuteMs = 60_000;

/**
 * Loads a window's page again when its process has ended, and asks what to do when it ended repeatedly
 * or does not answer. What was saved is with the engine, in a process of its own.
 */
export function keepAlive(window: BrowserWindow, note: (line: string) => void): void {
  let ends: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    note(`The page's process ended: ${reason}, exit code ${exitCode}.`);
    const now = performance.now();
    ends = [...ends.filter((at) => now - at < minuteMs), now];
    if (ends.length <= mostReloads) window.webContents.reload();
    else void askAfterEnds(window);
  });
  let isAsking = false;
  window.on('unresponsive', () => {
    if (isAsking) return;
    isAsking = true;
    note('The page does not answer.');
    void askWhileSilent(window).finally(() => (isAsking = false));
  });
}

/** Writes down which of Chromium's processes ended; it starts the one for graphics again by itself. */
export function noteEndedProcesses(note: (line: string) => void): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) =>
    note(`Chromium's process “${type}” ended: ${reason}, exit code ${exitCode}.`),
  );
}

async function askAfterEnds(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The page ended several times within a minute.',
    detail: 'What was saved is safe. The log says more.',
    buttons: ['Load It Again', 'Quit'],
    cancelId: 1,
  });
  if (response === 0) window.webContents.reload();
  else app.quit();
}

async function askWhileSilent(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The page does not answer.',
    detail: 'It may need a moment. What was saved is safe.',
    buttons: ['Wait', 'Load It Again'],
    cancelId: 0,
  });
  if (response === 0 || window.isDestroyed()) return;
  // A page that is busy does not heed a reload.
  window.webContents.forcefullyCrashRenderer();
  window.webContents.reload();
}
