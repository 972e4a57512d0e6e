import './errors/without-eval.ts';
import { z } from 'zod';
import { EngineError } from './errors/errors.ts';
import { isMaskable, maskableObjectives } from './maskable-objectives.ts';
import type { Objective } from './objectives/parse-objective.ts';

/** What a training does with pairs that were judged the same. */
export const verdictUse = z.enum(['ignore', 'mask', 'attract'], {
  error: 'verdicts must be one of ignore, mask and attract; a mix of them is not possible.',
});
export type VerdictUse = z.infer<typeof verdictUse>;

/** How often the positive of a picture is one that was judged the same as it, where there is one. */
export const groupPositives = z
  .number()
  .min(0, 'groupPositives is a probability, from 0 to 1.')
  .max(1, 'groupPositives is a probability, from 0 to 1.');

/** The best of those that were tried (docs/recipes.md). */
export const groupPositivesByDefault = 0.7;

/**
 * Refuses the use of verdicts for objectives whose negatives they cannot change.
 * @throws EngineError bad-argument that names the objectives for which they can be used
 */
export function checkVerdictUse(use: VerdictUse, objective: Objective): void {
  if (use === 'ignore') return;
  if (objective.selection === 'cancellation') {
    checkCancelling(use, objective.preset, objective.settings.falseAction);
    return;
  }
  const reason =
    objective.loss === 'supcon' ? supConReason(use, objective) : reasonOf(use, objective);
  if (reason === null) return;
  throw new EngineError(
    'bad-argument',
    `Verdicts cannot be used with ${objective.preset}: ${reason}`,
  );
}

function reasonOf(use: 'mask' | 'attract', objective: Objective): string | null {
  if (use === 'mask' && objective.settings.generatedUse === 'replace') {
    return 'its generated negatives replace the real ones, so that there is none to mask. Set generatedUse to beside, or verdicts to attract or ignore.';
  }
  const isMasked = isMaskable(objective);
  if (use === 'mask') return isMasked ? null : `they mask ${maskableObjectives('verdicts')}`;
  const { source, loss } = objective;
  if (isMasked && source !== 'two-banks' && ['info-nce', 'decoupled'].includes(loss)) return null;
  return 'they attract negatives from a batch, a queue or one bank under InfoNCE or the decoupled loss, without mixing beside them. Set verdicts to ignore, or train simclr, debiased, hard, adnce, decoupled, ring, moco, moco-ring or ir-ring.';
}

/** SupCon takes what was judged the same as positives by its own setting. */
function supConReason(use: 'mask' | 'attract', { settings }: Objective): string | null {
  if (use === 'mask' && settings.positivesFrom === 'labels') return null;
  return use === 'attract'
    ? 'what was judged the same is one of its positives where its setting positivesFrom is verdicts or both. Set verdicts to ignore.'
    : 'its positives come from them, so that they mask nothing. Set verdicts to ignore, or positivesFrom to labels.';
}

/**
 * Where false negatives are cancelled, verdicts say which are: what is done with those that are found is
 * done with those that were judged the same.
 * @throws EngineError bad-argument where the two are to be treated otherwise
 */
function checkCancelling(use: VerdictUse, preset: string, falseAction = 'attract'): void {
  const needed = { ignore: falseAction, mask: 'eliminate', attract: 'attract' }[use];
  if (needed === falseAction) return;
  throw new EngineError(
    'bad-argument',
    `Verdicts cannot be used with ${preset} in this way: pictures judged the same are treated as the false negatives that it finds, and falseAction is ${falseAction}. Set falseAction to ${needed}, or verdicts to ${falseAction === 'attract' ? 'attract' : 'mask'} or ignore.`,
  );
}

/** Whether the recorded settings of a run say that verdicts trained it. */
export function usesVerdictsOf(settings: Readonly<Record<string, unknown>>): boolean {
  return settings['verdicts'] === 'mask' || settings['verdicts'] === 'attract';
}
