import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { MatchedRows } from './row-matching.ts';

/** Computes the SHA-256 (hex) of a file's bytes; reports how many bytes were read. */
export async function hashOfFile(
  file: string,
  onBytes: (bytes: number) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 4_194_304 })) {
    hash.update(piece as Buffer);
    await onBytes((piece as Buffer).length);
  }
  return hash.digest('hex');
}

/** The contents hash of one file of vectors, and how the file was read. */
export interface HashedPart {
  readonly contents: string;
  readonly vectors: string;
  readonly rows: MatchedRows;
}

/**
 * The identity of an imported run's vectors, in place of a hash of weights. The same files, read in the
 * same way and matched with the same pictures, give the same hash.
 */
export function importHash(parts: readonly HashedPart[], epoch: number | null): string {
  const hash = createHash('sha256').update('imported vectors 1');
  for (const { contents, vectors, rows } of parts) {
    const { samples } = rows;
    hash.update(JSON.stringify({ contents, vectors, epoch: rows.epochs === null ? null : epoch }));
    hash.update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  }
  return hash.digest('hex');
}
