import { Menu, nativeImage, Tray } from 'electron';
import { trayPicture } from './tray-picture.ts';

interface TrayActions {
  readonly show: () => void;
  readonly quit: () => void;
}

/** The sign of the app while its window is closed: a way back, and a way to end it. */
export class BackgroundTray {
  readonly #actions: TrayActions;
  #tray: Tray | null = null;

  constructor(actions: TrayActions) {
    this.#actions = actions;
  }

  /** macOS has the dock for this. */
  show(line: string): void {
    if (process.platform === 'darwin' || this.#tray !== null) return;
    const { show, quit } = this.#actions;
    const tray = new Tray(nativeImage.createFromDataURL(trayPicture));
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Show the Window', click: show },
        { label: 'Quit; the Job Goes On Next Time', click: quit },
      ]),
    );
    tray.on('click', show);
    this.#tray = tray;
    this.tell(line);
  }

  tell(line: string): void {
    this.#tray?.setToolTip(line);
  }

  hide(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }
}
