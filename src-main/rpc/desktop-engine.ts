import { connectChannel } from './connect-channel.ts';
import type { ConnectedEngine } from './connect-channel.ts';
import { portChannel } from './port-channel.ts';
import type { Port } from './port-channel.ts';

/** What the desktop shell's preload offers for this. */
export interface EnginePortBridge {
  /** Has the port to the engine posted to the window, with this nonce as the message. */
  acquireEnginePort(nonce: string): void;
}

interface PortWindow {
  addEventListener(type: 'message', listener: (event: PortEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: PortEvent) => void): void;
}

interface PortEvent {
  readonly data: unknown;
  readonly source: unknown;
  readonly ports: readonly unknown[];
}

/**
 * Connects the desktop app's page to its engine. A MessagePort cannot be handed over by a preload's
 * function, so it comes as a message of the window to itself; the nonce tells it from others.
 */
export async function connectDesktop(
  bridge: EnginePortBridge,
  window: PortWindow,
): Promise<ConnectedEngine> {
  const nonce = crypto.randomUUID();
  const port = await new Promise<Port>((resolve) => {
    const take = ({ data, source, ports }: PortEvent): void => {
      if (data !== nonce || source !== window) return;
      window.removeEventListener('message', take);
      resolve(ports[0] as Port);
    };
    window.addEventListener('message', take);
    bridge.acquireEnginePort(nonce);
  });
  return connectChannel(portChannel(port));
}
