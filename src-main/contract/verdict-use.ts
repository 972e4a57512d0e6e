import './without-eval.ts';
import { z } from 'zod';
import { EngineError } from './errors.ts';
import type { Objective } from './objectives/parse-objective.ts';

/** What a training does with pairs that were judged the same; one for all of them, never a mix. */
export const verdictUse = z.enum(['ignore', 'mask', 'attract'], {
  error: 'verdicts must be one of ignore, mask and attract; a mix of them is not possible.',
});
export type VerdictUse = z.infer<typeof verdictUse>;

/**
 * Refuses verdicts for objectives whose negatives they cannot reach.
 * @throws EngineError bad-argument that says for which they can be used
 */
export function checkVerdictUse(
  use: VerdictUse,
  { preset, source, selection, loss }: Objective,
): void {
  const isReached =
    ['batch', 'queue', 'bank'].includes(source) &&
    !['cancellation', 'mixing'].includes(selection) &&
    loss === 'info-nce';
  if (use === 'ignore' || isReached) return;
  throw new EngineError(
    'bad-argument',
    `Verdicts cannot be used with ${preset}: they reach negatives from a batch, a queue or a bank under InfoNCE, without cancellation or mixing beside them. Set verdicts to ignore, or train simclr, debiased, hard, ring, moco, moco-ring or ir-ring.`,
  );
}
