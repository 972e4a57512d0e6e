import type { Channel } from './channel.ts';

/** The common part of the MessagePorts of browsers and of Node. */
interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  start(): void;
  close(): void;
}

/** A channel over a MessagePort; messages are cloned, typed arrays included. */
export function portChannel(port: Port): Channel {
  return {
    post: (message) => port.postMessage(message),
    listen(onMessage, onClose) {
      port.addEventListener('message', (event) => onMessage('data' in event && event.data));
      port.addEventListener('close', () => onClose());
      port.start();
    },
    close: () => port.close(),
  };
}
