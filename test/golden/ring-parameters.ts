import { ringRanks } from '../../src-main/contract/ring-ranks.ts';
import type { RingForm } from '../../src-main/engine/losses/ring.ts';
import { parameter } from './golden-cases.ts';
import type { GoldenCase } from './golden-cases.ts';
import { flag } from './honour.ts';

/** What the official ring classes take. */
export const ringParameters: readonly string[] = [
  'temperature',
  'thres_outer',
  'thres_inner',
  'dynamic_inner',
  'self_negative',
  'neighbor_views',
  'logsumexp_inner',
];

/** The scalars of the ring of so many candidates. */
export function ringScalars(golden: GoldenCase, candidates: number): Record<string, number> {
  const ranks = ringRanks(
    candidates,
    parameter(golden, 'thres_outer'),
    parameter(golden, 'thres_inner'),
    flag(golden, 'dynamic_inner', true),
  );
  return {
    temperature: parameter(golden, 'temperature'),
    ringInnerRank: ranks.inner,
    ringOuterRank: ranks.outer,
  };
}

export function ringForm(golden: GoldenCase): RingForm {
  const inner = flag(golden, 'logsumexp_inner', true) ? 'logSumExp' : 'mean';
  return {
    positiveInDenominator: flag(golden, 'self_negative', true),
    innerAsViews: flag(golden, 'neighbor_views', false) ? inner : 'none',
  };
}
