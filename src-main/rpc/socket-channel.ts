import type { Channel } from './channel.ts';
import { decodeMessage, encodeMessage } from './codec.ts';

/** The common part of the WebSockets of browsers, of Node and of the `ws` package. */
interface Socket {
  binaryType: string;
  readonly readyState: number;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

const unsupportedData = 1003;
/** The ready state of a WebSocket whose messages still arrive. */
const open = 1;

/**
 * A channel over an open WebSocket; a message that cannot be decoded closes it. Messages that are
 * posted while it closes are dropped: the other end learns of the close shortly, and browsers warn
 * about such messages.
 */
export function socketChannel(socket: Socket): Channel {
  socket.binaryType = 'arraybuffer';
  return {
    post(message) {
      if (socket.readyState === open) socket.send(encodeMessage(message));
    },
    listen(onMessage, onClose) {
      socket.addEventListener('message', ({ data }) => {
        const message = decoded(data);
        if (message === undefined) socket.close(unsupportedData, 'not a message of this protocol');
        else onMessage(message);
      });
      socket.addEventListener('close', onClose);
    },
    close: () => socket.close(),
  };
}

function decoded(data: unknown): unknown {
  if (!(data instanceof ArrayBuffer)) return undefined;
  try {
    const message = decodeMessage(data);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
