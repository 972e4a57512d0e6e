import type { BrowserWindow } from 'electron';
import type { DesktopCommand } from '../contract/desktop.ts';

/** Commands for the page; those that come before it listens wait for it. */
export class WindowCommands {
  #window: BrowserWindow | null = null;
  #waiting: DesktopCommand[] = [];
  #isListening = false;

  /** Follows a window: a page that loads anew listens anew. */
  follow(window: BrowserWindow): void {
    this.#window = window;
    this.#isListening = false;
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#isListening = false;
    });
    window.once('closed', () => {
      if (this.#window === window) this.#window = null;
    });
  }

  /** The page of the followed window listens from now on. */
  listen(): void {
    this.#isListening = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const command of waiting) this.send(command);
  }

  send(command: DesktopCommand): void {
    const isReady = this.#isListening && this.#window?.webContents.isCrashed() === false;
    if (isReady) this.#window?.webContents.send('command', command);
    else this.#waiting.push(command);
  }
}
