import './errors/without-eval.ts';
import { z } from 'zod';
import { EngineError } from './errors/errors.ts';
import type { Objective } from './objectives/parse-objective.ts';

/** What a training does with pairs that were judged the same. */
export const verdictUse = z.enum(['ignore', 'mask', 'attract'], {
  error: 'verdicts must be one of ignore, mask and attract; a mix of them is not possible.',
});
export type VerdictUse = z.infer<typeof verdictUse>;

/**
 * Refuses the use of verdicts for objectives whose negatives they cannot change.
 * @throws EngineError bad-argument that names the objectives for which they can be used
 */
export function checkVerdictUse(
  use: VerdictUse,
  { preset, source, selection, loss }: Objective,
): void {
  const isMasked =
    source !== 'prototypes' &&
    !['cancellation', 'mixing'].includes(selection) &&
    !['global', 'vicreg'].includes(loss);
  const isReached =
    use === 'attract'
      ? isMasked && source !== 'two-banks' && ['info-nce', 'decoupled'].includes(loss)
      : use === 'ignore' || isMasked;
  if (isReached) return;
  const reason =
    use === 'mask'
      ? 'they mask negatives from a batch, a queue or banks, without cancellation, mixing, a global loss or VICReg beside them. Set verdicts to ignore, or train simclr, debiased, hard, adnce, decoupled, sigmoid, ring, moco, moco-ring, ir, ir-ring, cmc, cmc-nce or cmc-ring.'
      : 'they attract negatives from a batch, a queue or one bank under InfoNCE or the decoupled loss, without cancellation or mixing beside them. Set verdicts to ignore, or train simclr, debiased, hard, adnce, decoupled, ring, moco, moco-ring or ir-ring.';
  throw new EngineError('bad-argument', `Verdicts cannot be used with ${preset}: ${reason}`);
}

/** Whether the recorded settings of a run say that verdicts trained it. */
export function usesVerdictsOf(settings: Readonly<Record<string, unknown>>): boolean {
  return settings['verdicts'] === 'mask' || settings['verdicts'] === 'attract';
}
