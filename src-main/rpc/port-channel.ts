import type { Channel } from './channel.ts';

/** What the MessagePorts of browsers and of Node have in common. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** A channel over a MessagePort: messages are cloned, typed arrays included. */
export function portChannel(port: Port): Channel {
  return {
    post: (message) => port.postMessage(message),
    listen(onMessage, onClose) {
      port.addEventListener('message', (event) => onMessage(event.data));
      port.addEventListener('close', onClose);
      port.start();
    },
    close: () => port.close(),
  };
}
