import type { LibraryStatus } from '../../../../src-main/contract/library.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';

/** Why some pictures are no candidates, or candidates not in the loss. */
interface LeftOut {
  readonly count: number;
  readonly reason: string;
}

/**
 * Every picture of the library that is no candidate, and every file that is no picture of its own.
 */
export function notCandidates(
  { embedded, candidates, batch }: Explanation,
  pictures: number,
  status: Pick<LibraryStatus, 'duplicates' | 'skipped'>,
): LeftOut[] {
  return present([
    { count: 1, reason: 'the anchor itself: its own views are its positives' },
    {
      count: batch ? embedded - 1 - candidates : 0,
      reason: batch?.trained
        ? 'not in this batch, or not in this loss'
        : 'not drawn into this batch',
    },
    {
      count: Math.max(0, pictures - embedded),
      reason: 'not embedded by this run: embed the pictures with it again',
    },
    {
      count: status.duplicates,
      reason: 'files with the very same bytes as another: one picture, counted once',
    },
    { count: status.skipped, reason: 'files that could not be used: see Skipped in the library' },
  ]);
}

/** The candidates that are in a bin but have no part in this loss, by the reason. */
export function notInLoss({ weight, zone, clamped, candidates }: Explanation): LeftOut[] {
  if (clamped) {
    return [{ count: candidates, reason: 'clamped: the estimate is at its floor, none is pushed' }];
  }
  const counts = [0, 0, 0, 0];
  for (let rank = 0; rank < weight.length; rank++) {
    if (weight[rank] !== 0) continue;
    const at = zone[rank] ?? 0;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const [inside = 0, between = 0, outside = 0, positives = 0] = counts;
  return present([
    { count: positives, reason: 'positives of this loss, not negatives: known to show the same' },
    { count: inside, reason: 'too hard: more similar than the ring’s upper cut' },
    { count: between, reason: 'of no weight in the ring' },
    { count: outside, reason: 'too easy: less similar than the ring’s lower cut' },
  ]);
}

function present(reasons: readonly LeftOut[]): LeftOut[] {
  return reasons.filter(({ count }) => count > 0);
}
