import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** A file that is being written: bytes are appended, or written at a given byte. */
export class OutputFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #length = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Creates the file, which must not exist. */
  static async create(path: string): Promise<OutputFile> {
    return new OutputFile(path, await open(path, 'wx+'));
  }

  /** How many bytes have been appended. */
  get length(): number {
    return this.#length;
  }

  async append(bytes: Uint8Array): Promise<void> {
    const start = this.#length;
    this.#length += bytes.length;
    await this.writeAt(start, bytes);
  }

  async text(text: string): Promise<void> {
    await this.append(Buffer.from(text));
  }

  async writeAt(start: number, bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await this.#handle.write(
        bytes,
        written,
        bytes.length - written,
        start + written,
      );
      written += bytesWritten;
    }
  }

  /** Reads bytes that were written before. */
  async *read(start: number, length: number): AsyncGenerator<Uint8Array> {
    const chunkBytes = 1 << 20;
    for (let done = 0; done < length;) {
      const buffer = new Uint8Array(Math.min(chunkBytes, length - done));
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, start + done);
      if (bytesRead === 0) throw new Error(`${this.path} is shorter than what was written to it.`);
      done += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /** Waits until the bytes are on the disk, and closes the file. */
  async close(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** Closes a file that will be deleted. */
  async abandon(): Promise<void> {
    await this.#handle.close();
  }
}
