import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';

/** Candidates of as many columns one below the other; what one of two has, the other has too. */
export function joinedCandidates(first: Candidates, second: Candidates): Candidates {
  const below = <T extends tf.Tensor>(above: T, under: T | undefined): T => {
    if (!under) throw new Error('Only one of two candidates has all that the other has.');
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

/** log Z of each anchor; A × 1. */
function joinedNormalisers(...parts: readonly Candidates[]): tf.Tensor {
  const columns = parts.map(({ logNormaliser, positiveSimilarity }) => {
    if (!logNormaliser) throw new Error('Candidates with noise have no log Z.');
    return tf.add(tf.zeros([positiveSimilarity.shape[0], 1]), logNormaliser);
  });
  return tf.concat(columns, 0);
}
