import { CarriedArrays } from './carried-arrays.ts';
import type { Channel } from './channel.ts';
import { decodeMessage, encodeMessage } from './codec.ts';

/** A two-way connection that carries encoded messages, each as bytes of its own. */
export interface ByteChannel {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  /** Sets the only listener of each kind; earlier messages wait for it. */
  listen(onBytes: (bytes: Uint8Array) => void, onClose: () => void): void;
  close(reason?: 'not-a-message'): void;
}

/** A channel of messages over one of bytes; bytes that cannot be decoded close it. */
export function encodedChannel(bytes: ByteChannel): Channel {
  const [sent, received] = [new CarriedArrays(), new CarriedArrays()];
  return {
    post: (message) => bytes.send(encodeMessage(message, sent)),
    listen(onMessage, onClose) {
      bytes.listen((encoded) => {
        const message = decoded(encoded, received);
        if (message === undefined) bytes.close('not-a-message');
        else onMessage(message);
      }, onClose);
    },
    close: () => bytes.close(),
  };
}

/** Sends everything that comes at either end to the other one, undecoded; one that closes closes both. */
export function relay(first: ByteChannel, second: ByteChannel): void {
  first.listen(
    (bytes) => second.send(inOwnBuffer(bytes)),
    () => second.close(),
  );
  second.listen(
    (bytes) => first.send(inOwnBuffer(bytes)),
    () => first.close(),
  );
}

/** Bytes that are part of a larger buffer are copied: a port would send all of it. */
function inOwnBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

function decoded(bytes: Uint8Array, received: CarriedArrays): unknown {
  try {
    const message = decodeMessage(bytes, received);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
