import * as tf from '@tensorflow/tfjs';
import { ringRanks } from '../../src-main/contract/objectives/ring-ranks.ts';
import type { Candidates } from '../../src-main/engine/losses/candidates.ts';
import { infoNce } from '../../src-main/engine/losses/info-nce.ts';
import { logSumExpWhere } from '../../src-main/engine/losses/log-sums.ts';
import type { LossOutput, LossScalars } from '../../src-main/engine/losses/loss.ts';
import { cave } from '../../src-main/engine/losses/ring.ts';
import type { Contrast } from '../../src-main/engine/losses/selection.ts';
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

/**
 * The loss of the official classes in the form that the case asks for. Two forms are ours (ring and
 * cave); `logsumexp_inner: false` is the mean over the inner elements as further positives; and
 * without `self_negative` the positive leaves the denominator: log G - log(numerator).
 */
export function officialRing(
  golden: GoldenCase,
): (candidates: Candidates, scalars: LossScalars) => LossOutput {
  const hasInnerViews = flag(golden, 'neighbor_views', false);
  const isLogOfSum = flag(golden, 'logsumexp_inner', true);
  const hasOwnNegative = flag(golden, 'self_negative', true);
  return (candidates, scalars) => {
    const temperature = scalars['temperature']!;
    const { isOwnView, ...inRing } = cave.select(candidates, scalars);
    const contrast = {
      ...inRing,
      ...(hasInnerViews && (isLogOfSum ? { isOwnView } : { isPositive: isOwnView })),
    } as Contrast;
    const output = infoNce(contrast, temperature);
    return hasOwnNegative ? output : withoutOwnNegative(output, contrast, temperature);
  };
}

/** log(P + G) of each anchor replaced by log G. */
function withoutOwnNegative(
  { perAnchorLoss, clampRate }: LossOutput,
  { similarity, positiveSimilarity, isNegative, multiplicity }: Contrast,
  temperature: tf.Scalar,
): LossOutput {
  const logNegatives = logSumExpWhere(tf.div(similarity, temperature), isNegative, multiplicity);
  const logPositive = tf.div(positiveSimilarity, temperature);
  const both = tf.logSumExp(tf.concat([logPositive, logNegatives], 1), 1, true);
  const without = tf.sub(perAnchorLoss, tf.squeeze(tf.sub(both, logNegatives), [1]));
  return { loss: tf.mean(without), perAnchorLoss: without as tf.Tensor1D, clampRate };
}
