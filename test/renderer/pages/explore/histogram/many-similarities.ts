import { seedRandom } from '../../../../../src-main/engine/numeric/random.ts';
import type { BinName } from '../../../../../src-main/contract/bins.ts';
import type { Explanation } from '../../../../../src-main/contract/negatives.ts';
import { explanationOf } from '../../../explanation-of.ts';

/** So many similarities from 1 to -1, the same ones each time. */
export function manySimilarities(count: number): number[] {
  const random = seedRandom(81);
  const angles = Array.from({ length: count }, () => random.uniform(0, Math.PI));
  return angles.map(Math.cos).sort((a, b) => b - a);
}

/** An explanation of candidates with these similarities, the most similar first; all easy unless told. */
export function ofSimilarities(
  similarities: readonly number[],
  binOf: (rank: number) => BinName = () => 'easy',
): Explanation {
  return explanationOf(
    1,
    similarities.map((similarity, rank) => ({ id: rank + 2, similarity, bin: binOf(rank) })),
  );
}
