import type {
  DesktopBridge as ShellBridge,
  EnginePortMessage,
  EngineRefusal,
} from '../../src-main/contract/desktop.ts';

/** What the desktop shell's preload offers the page; absent in a browser. */
export interface DesktopBridge extends ShellBridge {
  /** The path of a dropped file or folder. */
  pathOf(file: File): string;
}

declare global {
  interface Window {
    readonly negatoscope?: DesktopBridge;
  }
}

/** The shell gives no way to the engine. */
export class EngineRefused extends Error {
  readonly refusal: EngineRefusal;

  constructor(refusal: EngineRefusal) {
    super(refusal.sentence);
    this.name = 'EngineRefused';
    this.refusal = refusal;
  }
}

/** The desktop shell, or null in a browser. */
export function desktopBridge(): DesktopBridge | null {
  return window.negatoscope ?? null;
}

/** A port to the engine from the desktop shell. @throws EngineRefused */
export function enginePort(desktop: DesktopBridge): Promise<MessagePort> {
  const nonce = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    function receive({
      source,
      data,
      ports,
    }: MessageEvent<Partial<EnginePortMessage> | null>): void {
      if (source !== window || data?.nonce !== nonce) return;
      const [port] = ports;
      if (port) resolve(port);
      else if (data.refusal) reject(new EngineRefused(data.refusal));
      else return;
      window.removeEventListener('message', receive);
    }
    window.addEventListener('message', receive);
    desktop.acquireEnginePort(nonce);
  });
}
