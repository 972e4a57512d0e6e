import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { MatchedRows } from './match-rows.ts';

/** SHA-256, hex, of a file's bytes; tells how many were read. */
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

/** The contents of one file that counts for some vectors, and how it was read. */
export interface HashedPart {
  readonly contents: string;
  readonly vectors: string;
  readonly rows: MatchedRows;
}

/**
 * What stands for the weights of an imported run: the same files, read the same way and matched with
 * the same pictures, have the same vectors.
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
