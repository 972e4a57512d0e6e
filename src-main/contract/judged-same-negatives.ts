import { z } from 'zod';

/**
 * Pairs that count as the same (judged so, or by what is passed on) of which `epoch` recorded at least
 * one picture as an anchor: how many there are (`pairs`), and how many the training pushed
 * apart (`negatives`: one is among the other's recorded negatives). `gradientShare` is the signed share
 * of the gradient that such negatives took, as a mean over the `anchors` recorded pictures of these
 * pairs; null without any. Both should fall once verdicts are used.
 */
export const judgedSameNegatives = z.object({
  epoch: z.number().int(),
  pairs: z.number().int(),
  negatives: z.number().int(),
  anchors: z.number().int(),
  gradientShare: z.number().nullable(),
});
export type JudgedSameNegatives = z.infer<typeof judgedSameNegatives>;
