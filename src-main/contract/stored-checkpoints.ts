import { z } from 'zod';

/** The number of epochs whose weights a training stores, including the last one; or all. */
export const keepCheckpoints = z.union([
  z.literal('all'),
  z.number().int().min(1, 'The weights of the last epoch are always stored: store at least 1.'),
]);
export type KeepCheckpoints = z.infer<typeof keepCheckpoints>;

/**
 * The default: enough to follow a training, while many checkpoints of a large encoder would fill a
 * disk.
 */
export const storedByDefault = 10;

/**
 * The epochs, counted from 1, whose weights are stored: spread evenly over the training, the last one
 * included.
 */
export function storedEpochs(keep: KeepCheckpoints, epochs: number): ReadonlySet<number> {
  const count = keep === 'all' ? epochs : Math.min(keep, epochs);
  return new Set(
    Array.from({ length: count }, (_, index) => Math.round(((index + 1) * epochs) / count)),
  );
}
