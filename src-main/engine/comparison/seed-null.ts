import type { Comparison } from '../../contract/comparison.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import { falseDiscoveryRates } from '../numeric/false-discovery.ts';
import { studentTwoSided } from '../numeric/student-t.ts';

/** The overlap of each row's neighbours between two seeds of a training, for each pair of seeds. */
type NullColumns = readonly (readonly number[])[];

/**
 * For each row the false discovery rate at which its overlap is lower than between two seeds of one
 * training. What counts is how far it is below what this row has between seeds on average, or, with one
 * pair of seeds only, how low it is. p is the part of rows between seeds that are as far below
 * (each pair against the others), q that of Benjamini and Hochberg. Null without pairs.
 */
export function pictureRates(overlap: readonly number[], pairs: NullColumns): Float64Array | null {
  if (pairs.length === 0) return null;
  const drops = pairs.flatMap((column, index) =>
    dropsBelow(
      column,
      pairs.filter((_, other) => other !== index),
    ),
  );
  const sorted = Float64Array.from(drops).sort();
  const pValues = dropsBelow(overlap, pairs.length > 1 ? pairs : []).map(
    (drop) => (1 + sorted.length - firstAtLeast(sorted, drop)) / (1 + sorted.length),
  );
  return falseDiscoveryRates(pValues);
}

/**
 * For each label the false discovery rate at which the mean overlap of its rows is lower than between
 * two seeds: by the t of its drop below the mean of the pairs of seeds. A label of n rows has the
 * variance of all labels' n (drop)² between seeds over n. The degrees of freedom are those of the pairs,
 * because the labels of one pair depend on each other.
 * Null with fewer than two pairs of seeds, which tell nothing of how labels vary.
 */
export function labelRates(
  labels: readonly string[],
  labelOfRow: LabelColumn,
  overlap: readonly number[],
  pairs: NullColumns,
): ReadonlyMap<string, number> | null {
  if (pairs.length < 2) return null;
  const rowsOf = labels
    .map((label, number) => ({ label, rows: rowsWith(labelOfRow, number) }))
    .filter(({ rows }) => rows.length > 0);
  const between = pairs.flatMap((column, index) => {
    const drops = dropsBelow(
      column,
      pairs.filter((_, other) => other !== index),
    );
    return rowsOf.map(({ rows }) => meanAt(drops, rows) * Math.sqrt(rows.length));
  });
  const squares = between.reduce((total, value) => total + value ** 2, 0);
  const deviation = Math.sqrt(squares / between.length);
  const drops = dropsBelow(overlap, pairs);
  const pValues = rowsOf.map(({ rows }) => {
    const t = (meanAt(drops, rows) * Math.sqrt(rows.length)) / deviation;
    const twoSided = studentTwoSided(t, pairs.length - 1);
    return t > 0 ? twoSided / 2 : 1 - twoSided / 2;
  });
  const rates = falseDiscoveryRates(pValues);
  return new Map(rowsOf.map(({ label }, index) => [label, rates[index] ?? 1]));
}

/** The comparison with a rate, or a mark, on all that changed; as it is where no two seeds are known. */
export function withSeedRates<
  C extends Pick<Comparison, 'mostChanged' | 'mostChangedLabels' | 'changedGroups'>,
>(
  comparison: C,
  rates: {
    readonly pictures: ReadonlyMap<number, number> | null;
    readonly labels: ReadonlyMap<string, number> | null;
    readonly largestGroup: number | null;
  },
): C {
  return {
    ...comparison,
    mostChanged: comparison.mostChanged.map((one) => ({
      ...one,
      q: rates.pictures?.get(one.id) ?? null,
    })),
    mostChangedLabels: comparison.mostChangedLabels.map((one) => ({
      ...one,
      q: rates.labels?.get(one.label) ?? null,
    })),
    changedGroups: comparison.changedGroups.map((one) => ({
      ...one,
      isBeyondSeeds: rates.largestGroup === null ? null : one.ids.length > rates.largestGroup,
    })),
  };
}

/** How far each value is below the mean of the other columns in its row; with none, below 1. */
function dropsBelow(column: readonly number[], others: NullColumns): number[] {
  return column.map((value, row) => {
    const expected =
      others.length === 0
        ? 1
        : others.reduce((total, other) => total + (other[row] ?? 0), 0) / others.length;
    return expected - value;
  });
}

/** The index of the first of sorted values that is at least `value`, but for rounding. */
function firstAtLeast(sorted: Float64Array, value: number): number {
  const wanted = value - 1e-9;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rowsWith(labelOfRow: LabelColumn, label: number): number[] {
  return Array.from(labelOfRow.keys()).filter((row) => labelOfRow[row] === label);
}

function meanAt(values: readonly number[], rows: readonly number[]): number {
  return rows.reduce((total, row) => total + (values[row] ?? 0), 0) / rows.length;
}
