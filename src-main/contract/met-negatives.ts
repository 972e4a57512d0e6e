import { z } from 'zod';

/** So many of the most similar pictures of an anchor are counted. */
export const metAmongNearest = 20;

/**
 * Which of the pictures that are most similar to an anchor in a run's finished space h the ledger of its
 * last epoch has among the anchor's negatives, as parts of 1. The ledger holds the negatives with the
 * most of the gradient, so that what is met but hardly pushed may be missing.
 */
export const metNegatives = z.object({
  epoch: z.number().int(),
  /** Pictures whose nearest were looked at. */
  anchors: z.number().int(),
  /** Of the nearest with another label: hard negatives; null without labels. */
  otherLabel: z.number().nullable(),
  /** Of the nearest with the same label: false negatives, if labels are the truth; null without labels. */
  sameLabel: z.number().nullable(),
  /** Of all nearest. */
  all: z.number(),
});
export type MetNegatives = z.infer<typeof metNegatives>;

/** The same as metrics of a run. */
export function metMetrics(met: MetNegatives | null): Readonly<Record<string, number>> {
  if (met === null) return {};
  const { all, otherLabel, sameLabel } = met;
  return {
    nearestMet: all,
    ...(otherLabel !== null && { hardMet: otherLabel }),
    ...(sameLabel !== null && { sameLabelMet: sameLabel }),
  };
}
