import type { Comparison, Interval, PairedAccuracy, SetChange } from '../../contract/comparison.ts';

type Measured = Omit<Comparison, 'a' | 'b' | 'judgedSame' | 'trainings'>;

/** The comparison of the second run with the first; every measure of a comparison is symmetric. */
export function mirroredComparison(comparison: Measured): Measured {
  const { dimensions, hardness, negatives, accuracy, linear, alignment, uniformity } = comparison;
  const { precisionAt20: precision, mostChanged, changedGroups, rankMe, balanced } = comparison;
  return {
    ...comparison,
    dimensions: swapped(dimensions),
    hardness: negated(hardness),
    negatives: {
      hard: turned(negatives.hard),
      false: turned(negatives.false),
      suspected: turned(negatives.suspected),
      ring: turned(negatives.ring),
    },
    accuracy: accuracy && swappedAccuracy(accuracy),
    linear: linear && swappedAccuracy(linear),
    alignment: swapped(alignment),
    uniformity: swapped(uniformity),
    rankMe: swapped(rankMe),
    balanced: {
      knn: balanced.knn && swapped(balanced.knn),
      linear: balanced.linear && swapped(balanced.linear),
    },
    precisionAt20: precision && {
      ...precision,
      ...swapped(precision),
      change: negated(precision.change),
    },
    mostChanged: mostChanged.map((changed) => ({
      ...changed,
      hardness: opposite(changed.hardness),
      gained: changed.lost,
      lost: changed.gained,
    })),
    changedGroups: changedGroups.map(({ gained, lost, ...group }) => ({
      ...group,
      gained: lost,
      lost: gained,
    })),
  };
}

function swapped<T>({ a, b }: { readonly a: T; readonly b: T }): { a: T; b: T } {
  return { a: b, b: a };
}

function swappedAccuracy({ change, ...sides }: PairedAccuracy): PairedAccuracy {
  return { ...swapped(sides), change: change && negated(change) };
}

function turned({ kept, new: fresh, gone }: SetChange): SetChange {
  return { kept, new: gone, gone: fresh };
}

function negated({ mean, low, high }: Interval): Interval {
  return { mean: opposite(mean), low: opposite(high), high: opposite(low) };
}

/** The negative of a value, without -0. */
function opposite(value: number): number {
  return value === 0 ? 0 : -value;
}
