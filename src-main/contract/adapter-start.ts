import './errors/without-eval.ts';
import { z } from 'zod';
import { beginsAdapted } from './encoder-kinds.ts';
import type { PairUse, PairUses } from './pair-use.ts';

/**
 * What an adapter, and what comes after a network that is tuned, begins as: the features as they are, or
 * their best linear metric by the verdicts and labels that draw pictures together (docs/formulas.md).
 */
export const adapterStart = z.enum(['features', 'judged'], {
  error:
    'adapterStart is judged (by the verdicts and labels that are fed) or features (as they are).',
});
export type AdapterStart = z.infer<typeof adapterStart>;

/** Whether what is known of pairs draws pictures together. */
export function drawsTogether(use: PairUse | undefined): boolean {
  return use === 'attract' || use === 'positive';
}

/** Whether a training begins by what it is told of pairs. */
export function startsJudged(
  {
    encoder,
    adapterStart: start,
  }: { readonly encoder: string; readonly adapterStart: AdapterStart },
  { verdicts, labels }: PairUses,
): boolean {
  const isTold = drawsTogether(verdicts) || drawsTogether(labels);
  return beginsAdapted(encoder) && start === 'judged' && isTold;
}
