import { shuffledOrder } from '../../numeric/random.ts';
import type { Random } from '../../numeric/random.ts';

/** The pictures of an epoch as indices, in a random order. */
export interface EpochOrder {
  /** Those that the epoch's batches are made of, a multiple of the batch. */
  readonly drawn: Uint32Array;
  /** Those that do not fill a last batch and sit the epoch out. */
  readonly satOut: Uint32Array;
}

/** A random order of `pictures` indices; which of them sit out is as likely for each, however drawn. */
export function epochOrder(pictures: number, batch: number, random: Random): EpochOrder {
  const order = shuffledOrder(pictures, random);
  const drawn = pictures - (pictures % batch);
  return { drawn: order.subarray(0, drawn), satOut: order.subarray(drawn) };
}

/** Indices in an order as batches of so many. */
export function cutIntoBatches(order: ArrayLike<number>, batch: number): number[][] {
  return Array.from({ length: Math.floor(order.length / batch) }, (_, step) =>
    Array.from({ length: batch }, (_, at) => order[step * batch + at] ?? 0),
  );
}
