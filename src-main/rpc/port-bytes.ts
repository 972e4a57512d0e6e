import type { ByteChannel } from './byte-channel.ts';

/** The common part of the MessagePorts of browsers, of Node and of Electron's main process. */
export interface BytePort {
  /** `null` says that the sender closes: not every kind of port tells its other end. */
  post(bytes: Uint8Array<ArrayBuffer> | null): void;
  onMessage(listener: (data: unknown) => void): void;
  onClose(listener: () => void): void;
  start(): void;
  close(): void;
}

/** The bytes that go through a MessagePort. */
export function portBytes(port: BytePort): ByteChannel {
  let isClosed = false;
  const settle = (): boolean => {
    const isFirst = !isClosed;
    isClosed = true;
    return isFirst;
  };
  return {
    send(bytes) {
      if (!isClosed) port.post(bytes);
    },
    listen(onBytes, onClose) {
      port.onMessage((data) => {
        if (data instanceof Uint8Array) onBytes(data);
        else if (settle()) {
          port.close();
          onClose();
        }
      });
      port.onClose(() => {
        if (settle()) onClose();
      });
      port.start();
    },
    close() {
      if (!settle()) return;
      port.post(null);
      port.close();
    },
  };
}

/** What the MessagePorts of browsers and of Node share. */
interface EventPort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  start(): void;
  close(): void;
}

/** A MessagePort of a browser or of Node. */
export function eventPort(port: EventPort): BytePort {
  return {
    post: (bytes) => port.postMessage(bytes),
    onMessage: (listener) =>
      port.addEventListener('message', (event) => listener('data' in event ? event.data : null)),
    onClose: (listener) => port.addEventListener('close', () => listener()),
    start: () => port.start(),
    close: () => port.close(),
  };
}
