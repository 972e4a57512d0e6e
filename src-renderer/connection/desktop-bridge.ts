/** What the desktop shell's preload offers the page; absent in a browser. */
export interface DesktopBridge {
  /** Asks for a port to the engine: it comes as a message that holds the nonce. */
  acquireEnginePort(nonce: string): void;
  pickFolder(): Promise<string | null>;
  /** The path of a dropped file or folder. */
  pathOf(file: File): string;
  /** Shows a file in its folder; false where it is not on this machine. */
  showInFolder(path: string): Promise<boolean>;
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

/** A port to the engine from the desktop shell. */
export function enginePort(desktop: DesktopBridge): Promise<MessagePort> {
  const nonce = crypto.randomUUID();
  return new Promise((resolve) => {
    function receive(event: MessageEvent): void {
      const [port] = event.ports;
      if (event.source !== window || event.data !== nonce || !port) return;
      window.removeEventListener('message', receive);
      resolve(port);
    }
    window.addEventListener('message', receive);
    desktop.acquireEnginePort(nonce);
  });
}
