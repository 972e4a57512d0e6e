/** What the desktop shell's preload offers the page; absent in a browser. */
export interface DesktopBridge {
  acquireEnginePort(): Promise<MessagePort>;
  pickFolder(): Promise<string | null>;
  /** The path of a dropped file or folder. */
  pathOf?(file: File): string;
}

declare global {
  interface Window {
    readonly negatoscope?: DesktopBridge;
  }
}

/** The desktop shell, or null in a browser. */
export function desktopBridge(): DesktopBridge | null {
  return window.negatoscope ?? null;
}
