import type { Duplex } from 'node:stream';
import type { ByteChannel } from './byte-channel.ts';

/**
 * Many channels over one stream between two processes. A frame is the payload's length (4 bytes, little
 * endian), the channel's number (4 bytes), what it says (1 byte) and the payload.
 */
const headerBytes = 9;
const kinds = { data: 0, open: 1, close: 2 } as const;

interface Ear {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onClose: () => void;
}

/** One end of the stream. Only the end that `open` is called at opens channels. */
export class FramedStream {
  readonly #stream: Duplex;
  readonly #onOpened: (name: string, channel: ByteChannel) => void;
  readonly #channels = new Map<number, FramedChannel>();
  readonly #frames = new FrameReader((frame) => this.#take(frame));
  #opened = 0;
  #isClosed = false;

  /** `onOpened` gets each channel that the other end opens, with the name it was given there. */
  constructor(stream: Duplex, onOpened: (name: string, channel: ByteChannel) => void) {
    this.#stream = stream;
    this.#onOpened = onOpened;
    stream.on('data', (chunk: Buffer) => this.#frames.add(chunk));
    stream.on('end', () => this.#close());
    stream.on('close', () => this.#close());
    // An error is followed by "close", which is what matters here.
    stream.on('error', () => this.#close());
  }

  /** Opens a channel; where the stream has ended, it is closed at once. */
  open(name: string): ByteChannel {
    this.#opened += 1;
    const number = this.#opened;
    this.#write(number, kinds.open, Buffer.from(name));
    return this.#add(number);
  }

  #add(number: number): FramedChannel {
    const channel = new FramedChannel(
      (bytes) => this.#write(number, kinds.data, bytes),
      () => {
        this.#channels.delete(number);
        this.#write(number, kinds.close, new Uint8Array());
      },
    );
    if (this.#isClosed) channel.end();
    else this.#channels.set(number, channel);
    return channel;
  }

  #write(channel: number, kind: number, payload: Uint8Array): void {
    if (this.#isClosed || !this.#stream.writable) return;
    const header = Buffer.alloc(headerBytes);
    header.writeUInt32LE(payload.byteLength, 0);
    header.writeUInt32LE(channel, 4);
    header.writeUInt8(kind, 8);
    this.#stream.write(header);
    if (payload.byteLength > 0) this.#stream.write(payload);
  }

  #take({ number, kind, payload }: Frame): void {
    if (kind === kinds.open) {
      this.#onOpened(Buffer.from(payload).toString(), this.#add(number));
      return;
    }
    const channel = this.#channels.get(number);
    if (kind === kinds.data) channel?.take(payload);
    if (kind !== kinds.close) return;
    this.#channels.delete(number);
    channel?.end();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    for (const channel of channels) channel.end();
  }
}

class FramedChannel implements ByteChannel {
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly #leave: () => void;
  /** What came before anyone listened. */
  #waiting: Uint8Array[] = [];
  #ear: Ear | null = null;
  #isEnded = false;

  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => void, leave: () => void) {
    this.send = (bytes) => {
      if (!this.#isEnded) send(bytes);
    };
    this.#leave = leave;
  }

  listen(onBytes: (bytes: Uint8Array) => void, onClose: () => void): void {
    this.#ear = { onBytes, onClose };
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bytes of waiting) onBytes(bytes);
    if (this.#isEnded) queueMicrotask(onClose);
  }

  close(): void {
    if (this.#isEnded) return;
    this.#leave();
    this.end();
  }

  take(bytes: Uint8Array): void {
    if (this.#ear === null) this.#waiting.push(bytes);
    else this.#ear.onBytes(bytes);
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#ear?.onClose();
  }
}

interface Frame {
  readonly number: number;
  readonly kind: number;
  readonly payload: Uint8Array;
}

/** Puts chunks together to frames; each byte is copied once. */
class FrameReader {
  readonly #onFrame: (frame: Frame) => void;
  #chunks: Buffer[] = [];
  #held = 0;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.byteLength;
    for (let length = this.#nextLength(); length !== null; length = this.#nextLength()) {
      const header = this.#pull(headerBytes);
      const payload = this.#pull(length);
      this.#onFrame({ number: header.readUInt32LE(4), kind: header.readUInt8(8), payload });
    }
  }

  /** The length of the next frame's payload, or null while not all of it is there. */
  #nextLength(): number | null {
    if (this.#held < headerBytes) return null;
    const [first] = this.#chunks;
    if (!first || first.byteLength < headerBytes) {
      // At most some bytes of a header lie in more than one chunk.
      this.#chunks = [Buffer.concat(this.#chunks)];
    }
    const length = this.#chunks[0]?.readUInt32LE(0) ?? 0;
    return this.#held >= headerBytes + length ? length : null;
  }

  /** Takes so many bytes away, as a buffer of their own. */
  #pull(length: number): Buffer {
    const pulled = Buffer.from(new ArrayBuffer(length));
    let at = 0;
    while (at < length) {
      const chunk = this.#chunks[0];
      if (!chunk) throw new Error('Frames are pulled only once all of their bytes are there.');
      const taken = Math.min(chunk.byteLength, length - at);
      pulled.set(chunk.subarray(0, taken), at);
      if (taken === chunk.byteLength) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(taken);
      at += taken;
    }
    this.#held -= length;
    return pulled;
  }
}
