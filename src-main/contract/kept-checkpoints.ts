import { z } from 'zod';

/** How many epochs' weights a training keeps, the last one's among them; or all. */
export const keepCheckpoints = z.union([
  z.literal('all'),
  z.number().int().min(1, 'The weights of the last epoch are always kept: keep at least 1.'),
]);
export type KeepCheckpoints = z.infer<typeof keepCheckpoints>;

/** Enough to see how a training went; more of a large encoder would fill a disk. */
export const keptByDefault = 10;

/** The epochs, counted from 1, whose weights stay: spread evenly over the training, its last one included. */
export function keptEpochs(keep: KeepCheckpoints, epochs: number): ReadonlySet<number> {
  const count = keep === 'all' ? epochs : Math.min(keep, epochs);
  return new Set(
    Array.from({ length: count }, (_, place) => Math.round(((place + 1) * epochs) / count)),
  );
}
