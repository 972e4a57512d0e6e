import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { logSumExpWhere } from './log-sums.ts';
import { requiredNumbers, requiredScalar } from './loss.ts';
import { countWhere, withoutGradient } from './masks.ts';
import type { Contrast, Selection } from './selection.ts';

/** DCL (Chuang et al. 2020, with one positive): the hard selection with β = 0. */
export const debiased: Selection = {
  scalarNames: ['tauPlus'],
  scalars: (settings) => requiredNumbers(settings, ['tauPlus']),
  select: (candidates, scalars) =>
    reweighted(
      candidates,
      requiredScalar(scalars, 'temperature'),
      requiredScalar(scalars, 'tauPlus'),
    ),
};

/** HCL (Robinson et al. 2021): β up-weights similar negatives; τ⁺ corrects for same-class ones. */
export const hard: Selection = {
  scalarNames: ['tauPlus', 'beta'],
  scalars: (settings) => requiredNumbers(settings, ['tauPlus', 'beta']),
  select: (candidates, scalars) =>
    reweighted(
      candidates,
      requiredScalar(scalars, 'temperature'),
      requiredScalar(scalars, 'tauPlus'),
      requiredScalar(scalars, 'beta'),
    ),
};

/** e^60 is much larger than 1 and far from the overflow of float32 (e^88). */
const largestExponent = 60;

/** Stands for log 0: below every floor, and exact in float32. */
const logOfNothing = -1e9;

/** Stands for a count of 0, whose logarithm would be infinite. */
const leastCount = 1e-12;

/**
 * The mass G of the negatives in HCL, with β = 0 in DCL; N negatives, P = e^(s+/t):
 *
 *     G = max((R - τ⁺ N P) / (1 - τ⁺), N e^(-1/t))
 *     R = N Σ_j q_j e^(s_j/t),  q = softmax(β s / t)
 *
 * Negatives that a person judged different are no draws from the pictures, of which a part τ⁺ is of the
 * anchor's class: their mass R_d = N Σ_d q_d e^(s_d/t) is neither corrected nor clamped. R and N in the
 * maximum are then those of the others, and R_d is added.
 *
 * As in the official code's criterion(), the weights q have a gradient, and a clamped anchor has no
 * gradient by its negatives. Computed in logarithms, so that no temperature or β overflows.
 */
function reweighted(
  candidates: Candidates,
  temperature: tf.Scalar,
  tauPlus: tf.Scalar,
  beta?: tf.Scalar,
): Contrast {
  const { similarity, positiveSimilarity, negatives } = candidates;
  const logits = tf.div<tf.Tensor2D>(similarity, temperature);
  const logPositive = tf.div<tf.Tensor2D>(positiveSimilarity, temperature);
  const known = knownMass(logits, candidates, beta);
  const logCount = known ? known.logOthers : tf.log(negatives);
  const logMass = known ? known.logMassOfOthers : logReweightedMass(logits, candidates, beta);
  const sameClass = tf.mul(tauPlus, expBounded(tf.add(tf.sub(logPositive, logMass), logCount)));
  const remainder = tf.sub(1, sameClass);
  const isAboveZero = withoutGradient(remainder, (value) => tf.greater(value, 0));
  // log of a number below 0 must not be computed at all: its gradient, NaN times 0, would be NaN.
  const logWhereAbove = tf.log(tf.where<tf.Tensor>(isAboveZero, remainder, tf.scalar(1)));
  const logRemainder = tf.where<tf.Tensor>(isAboveZero, logWhereAbove, tf.scalar(logOfNothing));
  const logDebiased = tf.sub<tf.Tensor2D>(tf.add(logMass, logRemainder), tf.log1p(tf.neg(tauPlus)));
  const logFloor = tf.sub(logCount, tf.reciprocal(temperature));
  const logCorrected = tf.maximum<tf.Tensor2D>(logDebiased, logFloor);
  return {
    ...candidates,
    logPositive,
    logNegatives: known
      ? tf.logSumExp(tf.concat([logCorrected, known.logMass], 1), 1, true)
      : logCorrected,
    clampRate: tf.mean<tf.Scalar>(tf.cast(tf.less(logDebiased, logFloor), 'float32')),
  };
}

/** What negatives that were judged different take apart from the others; each [A, 1]. */
interface KnownMass {
  /** log R_d. */
  readonly logMass: tf.Tensor2D;
  /** log R and log N of the other negatives. */
  readonly logMassOfOthers: tf.Tensor2D;
  readonly logOthers: tf.Tensor2D;
}

/** Null where what was judged different is a negative like any other. */
function knownMass(
  logits: tf.Tensor2D,
  candidates: Candidates,
  beta: tf.Scalar | undefined,
): KnownMass | null {
  const { isKnownNegative: isKnown, isNegative, negatives, multiplicity } = candidates;
  if (isKnown === undefined) return null;
  const isOther = tf.logicalAnd(isNegative, tf.logicalNot(isKnown));
  const knownCount = multiplicity
    ? tf.sum(tf.where<tf.Tensor>(isKnown, multiplicity, tf.scalar(0)), 1, true)
    : countWhere(isKnown);
  return {
    logMass: logReweightedMass(logits, candidates, beta, isKnown),
    logMassOfOthers: logReweightedMass(logits, candidates, beta, isOther),
    logOthers: tf.log(tf.maximum(tf.sub(negatives, knownCount), leastCount)),
  };
}

/** log R of the negatives of each anchor where `isIn`, weighted among all of them; [A, 1]. */
function logReweightedMass(
  logits: tf.Tensor2D,
  { isNegative, negatives, multiplicity }: Candidates,
  beta: tf.Scalar | undefined,
  isIn = isNegative,
): tf.Tensor2D {
  if (beta === undefined) return logSumExpWhere(logits, isIn, multiplicity);
  const mass = (power: tf.Scalar, isCounted: tf.Tensor): tf.Tensor2D =>
    logSumExpWhere(tf.mul(logits, power), isCounted, multiplicity);
  const weighted = mass(tf.add(beta, 1), isIn);
  const weights = mass(beta, isNegative);
  return tf.add(tf.sub(weighted, weights), tf.log(negatives));
}

function expBounded(x: tf.Tensor): tf.Tensor {
  return tf.exp(tf.minimum(x, largestExponent));
}
