import { createHash } from 'node:crypto';

/** Uniformity and RankMe take at most so many pictures. */
export const spreadPictures = 2000;
/** The alignment is measured on so many pictures, two views each. */
export const alignedPictures = 512;

const seed = 'negatoscope scores 1';

/**
 * The indices of at most `most` pictures, drawn at random once and for all by their content: the same
 * pictures for every run and every epoch, of all labels alike. A picture that is added or removed changes
 * one of them at most. `hashes` are the pictures' content hashes.
 */
export function scoreSample(hashes: readonly string[], most: number): Uint32Array {
  const keys = hashes.map((hash) => createHash('sha256').update(`${seed} ${hash}`).digest('hex'));
  const order = Uint32Array.from(keys.keys()).sort((a, b) =>
    (keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1,
  );
  return order.subarray(0, most);
}
