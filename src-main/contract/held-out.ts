import { z } from 'zod';

/**
 * The share of the verdicts that a training does not learn from, so that they can tell whether it learnt
 * more than what it was told.
 */
export const heldOutShare = z
  .number()
  .min(0, 'heldOut is a share from 0 (feed every verdict) to 0.5.')
  .max(0.5, 'heldOut is a share of at most 0.5: else less would be fed than held out.');

export const defaultHeldOut = 0.2;

/** How many of so many groups or pairs are held out: the share of them, rounded down. */
export function heldOutCount(count: number, share: number): number {
  // A product such as 0.29 · 100 is just below the whole number.
  return Math.floor(count * share + 1e-9);
}

/** Which epoch's weights become those of the run. */
export const keptEpoch = z.enum(['best', 'last'], {
  error:
    'keepEpoch is best (the epoch in which held-out pairs rank best) or last (that of the last epoch).',
});
export type KeptEpoch = z.infer<typeof keptEpoch>;

/**
 * With fewer held-out pairs no epoch is chosen by them: of 20, one that joins or leaves the nearest moves
 * their share by 5 points, about as much as epochs differ.
 */
export const fewestChoosingPairs = 20;

/** Which epoch's weights a run has, where held-out pairs chose it. */
export function keptEpochWords(kept: number, epochs: number): string {
  return `kept epoch ${kept} of ${epochs}, where held-out pairs ranked best`;
}

/** The metric of an epoch by which the best one is chosen: mean reciprocal rank of held-out partners. */
export const heldOutMetric = 'heldOutReciprocalRank';
/** The share of held-out pictures whose nearest picture is a partner. */
export const heldOutNearest = 'heldOutNearest';

/** What a training with verdicts holds out of them, and what it decides by that. */
export const holdOutChoice = z.object({
  /** The share of the verdict groups that a training with verdicts is not fed, to measure by them. */
  heldOut: heldOutShare.default(defaultHeldOut),
  /** With enough held-out pairs, whose weights the run has: those of the best epoch by them, or the last. */
  keepEpoch: keptEpoch.default('best'),
  /**
   * Stops a training after so many epochs in which held-out pairs did not rank better than before; 0 for
   * never.
   */
  patience: z.number().int().min(0).max(10_000).default(0),
});
