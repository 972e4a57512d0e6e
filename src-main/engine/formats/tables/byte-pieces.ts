import { createReadStream } from 'node:fs';
import { EngineError } from '../../../contract/errors/errors.ts';

/** Reads a file from byte `start` up to byte `end` in pieces, in order. */
export function filePieces(file: string, start: number, end: number): AsyncIterable<Buffer> {
  if (end <= start) return noPieces;
  return createReadStream(file, { start, end: end - 1, highWaterMark: 1_048_576 });
}

const noPieces: AsyncIterable<Buffer> = {
  [Symbol.asyncIterator]: () => ({
    next: () => Promise.resolve({ done: true, value: undefined }),
  }),
};

/**
 * Cuts a stream of bytes into blocks of `blockBytes` (the last may be shorter), after skipping its
 * first `skipped` bytes. Yields `total` bytes in all.
 * @throws EngineError bad-argument, naming the file, when the stream ends before
 */
export async function* blocksOf(
  pieces: AsyncIterable<Buffer>,
  { skipped, total, blockBytes, name }: BlockOptions,
): AsyncGenerator<Buffer> {
  let toSkip = skipped;
  let left = total;
  let block = Buffer.alloc(Math.min(blockBytes, left));
  let filled = 0;
  for await (const piece of pieces) {
    let from = Math.min(toSkip, piece.length);
    toSkip -= from;
    while (from < piece.length && left > 0) {
      const taken = piece.copy(block, filled, from);
      from += taken;
      filled += taken;
      if (filled < block.length) break;
      yield block;
      left -= block.length;
      block = Buffer.alloc(Math.min(blockBytes, left));
      filled = 0;
    }
    if (left === 0) return;
  }
  if (left > 0) throw truncated(name);
}

interface BlockOptions {
  readonly skipped: number;
  readonly total: number;
  readonly blockBytes: number;
  readonly name: string;
}

/** The error for a file that is shorter than its own header says. */
export function truncated(name: string): EngineError {
  return new EngineError(
    'bad-argument',
    `${name} is cut off: it ends before all that its header promises. Copy or write it again.`,
  );
}
