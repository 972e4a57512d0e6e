import * as tf from '@tensorflow/tfjs';

/**
 * A anchors against M columns of candidates, from any source: similarities, and masks of the columns.
 * Masks broadcast to [A, M].
 */
export interface Candidates {
  /** Cosines, [A, M]; what must have no gradient the source gives as constants. */
  readonly similarity: tf.Tensor2D;
  /** The cosine of each anchor to its own positive, which need not be among the columns; [A, 1]. */
  readonly positiveSimilarity: tf.Tensor2D;
  /** True where the column is in the denominator of the row's anchor. */
  readonly isNegative: tf.Tensor;
  /**
   * True where the column is a further positive of the row's anchor. A column may be a positive and
   * in the denominator too (SupCon, FNC). Undefined if there are none.
   */
  readonly isPositive?: tf.Tensor;
  /**
   * True where the column is a negative that a person judged different, so that nothing takes it for a
   * false one; [A, M]. Undefined where no such verdicts are used.
   */
  readonly isKnownNegative?: tf.Tensor;
  /** N, how many negatives each anchor has; [A, 1]. */
  readonly negatives: tf.Tensor2D;
  /** How often each negative counts (draws with replacement), [A, M]; undefined for once each. */
  readonly multiplicity?: tf.Tensor2D;
  /** For the ring: how often each of its elements is drawn (`drawsInRing`); undefined for once. */
  readonly ringDraws?: tf.Tensor2D;
  /** For binary NCE: log Z, one number or [A, 1]. */
  readonly logNormaliser?: tf.Tensor;
  /** For binary NCE: K / n, draws of an anchor by pictures in the bank. */
  readonly noiseRatio?: tf.Scalar;
  /** For the global loss: log u of each anchor before the step, see `globalContrastive`; [A, 1]. */
  readonly logAverage?: tf.Tensor2D;
  /** For VICReg: the projected rows of both views before they are unit rows; [2B, d]. */
  readonly projected?: tf.Tensor2D;
}

/**
 * Both candidates as one, the rows of the second below those of the first. Both have the same fields
 * and the same number of columns.
 */
export function joinedCandidates(first: Candidates, second: Candidates): Candidates {
  const below = <T extends tf.Tensor>(above: T, under: T | undefined): T => {
    if (!under) throw new Error('Candidates to be joined must have the same fields.');
    return tf.concat<T>([above, under], 0);
  };
  const { multiplicity, ringDraws, noiseRatio } = first;
  return {
    similarity: below(first.similarity, second.similarity),
    positiveSimilarity: below(first.positiveSimilarity, second.positiveSimilarity),
    isNegative: below(first.isNegative, second.isNegative),
    negatives: below(first.negatives, second.negatives),
    ...(multiplicity && { multiplicity: below(multiplicity, second.multiplicity) }),
    ...(ringDraws && { ringDraws: below(ringDraws, second.ringDraws) }),
    ...(noiseRatio && { noiseRatio, logNormaliser: joinedNormalisers(first, second) }),
  };
}

/** log Z of each anchor; [A, 1]. */
function joinedNormalisers(...parts: readonly Candidates[]): tf.Tensor {
  const columns = parts.map(({ logNormaliser, positiveSimilarity }) => {
    if (!logNormaliser) throw new Error('Candidates with noise have no log Z.');
    return tf.add(tf.zeros([positiveSimilarity.shape[0], 1]), logNormaliser);
  });
  return tf.concat(columns, 0);
}
