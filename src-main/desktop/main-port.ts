import type { MessagePortMain } from 'electron';
import type { BytePort } from '../rpc/port-bytes.ts';

/** Electron's own kind of MessagePort, which main has. */
export function mainPort(port: MessagePortMain): BytePort {
  return {
    post: (bytes) => port.postMessage(bytes),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    onClose: (listener) => port.on('close', listener),
    start: () => port.start(),
    close: () => port.close(),
  };
}
