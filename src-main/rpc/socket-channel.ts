import { encodedChannel, type ByteChannel } from './byte-channel.ts';
import type { Channel } from './channel.ts';

/** The common part of the WebSockets of browsers, of Node and of the `ws` package. */
interface Socket {
  binaryType: string;
  readonly readyState: number;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close' | 'error', listener: () => void): void;
}

const unsupportedData = 1003;
/** The ready state of a WebSocket whose messages still arrive. */
const open = 1;

/**
 * The bytes of an open WebSocket; a text message closes it. Messages that are sent while it closes are
 * dropped: the other end learns of the close shortly, and browsers warn about such messages.
 */
export function socketBytes(socket: Socket): ByteChannel {
  socket.binaryType = 'arraybuffer';
  const refuse = (): void => socket.close(unsupportedData, 'not a message of this protocol');
  return {
    send(bytes) {
      if (socket.readyState === open) socket.send(bytes);
    },
    listen(onBytes, onClose) {
      socket.addEventListener('message', ({ data }) => {
        if (data instanceof ArrayBuffer) onBytes(new Uint8Array(data));
        else refuse();
      });
      socket.addEventListener('close', onClose);
      // A frame that is none is followed by "close"; with nobody to hear of it, `ws` ends the process.
      socket.addEventListener('error', () => undefined);
    },
    close: (reason) => (reason === undefined ? socket.close() : refuse()),
  };
}

/** A channel over an open WebSocket; a message that cannot be decoded closes it. */
export function socketChannel(socket: Socket): Channel {
  return encodedChannel(socketBytes(socket));
}
