import { precisionNeighbours } from '../../contract/run-scores.ts';
import { meanOverLabelled } from './label-columns.ts';
import type { LabelColumn, LabelledNeighbours } from './label-columns.ts';

/** What the precision is measured of: neighbours and labels of all rows, and the rows that are scored. */
interface PrecisionRows extends LabelledNeighbours {
  /** The labels of the rows that are scored, -1 for the others; all labelled rows without it. */
  readonly scored?: LabelColumn;
  /** The groups whose rows are no neighbours of each other. */
  readonly groups?: Int32Array | null;
}

/**
 * The precision at `k`, 0 to 1: the share of a picture's `k` most similar other pictures that have its
 * label, as a mean over the scored pictures. A better encoder raises it. Null if no picture is scored.
 */
export function precisionAtK(rows: PrecisionRows, k: number = precisionNeighbours): number | null {
  return meanOverLabelled(rows.scored ?? rows.labels, (row) => precisionOfRow(rows, row, k));
}

/** The precision at `k` of one labelled row, 0 to 1. */
function precisionOfRow(
  { neighbours, labels }: LabelledNeighbours,
  row: number,
  k: number,
): number {
  const start = row * neighbours.k;
  let same = 0;
  let considered = 0;
  for (let rank = start; rank < start + Math.min(k, neighbours.k); rank++) {
    const other = neighbours.rows[rank] ?? -1;
    if (other < 0) break;
    considered += 1;
    if (labels[other] === labels[row]) same += 1;
  }
  return considered === 0 ? 0 : same / considered;
}

/** What the precision of these rows is by chance, and at best; 0 to 1. */
interface PrecisionBounds {
  /** Of neighbours at random: the mean share of a picture's label among its others. */
  readonly chance: number;
  /** Of the best order: the mean of min(k, others of the label) / k. */
  readonly ceiling: number;
}

/** The bounds of `precisionAtK`; null if no picture is scored. */
export function precisionBounds(
  { labels, scored = labels, groups = null }: Omit<PrecisionRows, 'neighbours'>,
  k: number = precisionNeighbours,
): PrecisionBounds | null {
  const groupOf = (row: number): number => groups?.[row] ?? row;
  const inGroup = new Map<number, number>();
  const inLabel = new Map<number, number>();
  const inBoth = new Map<string, number>();
  const add = <K>(counts: Map<K, number>, key: K): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [row, label] of labels.entries()) {
    add(inGroup, groupOf(row));
    if (label < 0) continue;
    add(inLabel, label);
    add(inBoth, `${label} ${groupOf(row)}`);
  }
  const others = (row: number): number => labels.length - (inGroup.get(groupOf(row)) ?? 0);
  const same = (row: number, label: number): number =>
    (inLabel.get(label) ?? 0) - (inBoth.get(`${label} ${groupOf(row)}`) ?? 0);
  const chance = meanOverLabelled(scored, (row, label) =>
    others(row) === 0 ? 0 : same(row, label) / others(row),
  );
  const ceiling = meanOverLabelled(scored, (row, label) => {
    const considered = Math.min(k, others(row));
    return considered === 0 ? 0 : Math.min(considered, same(row, label)) / considered;
  });
  return chance === null || ceiling === null ? null : { chance, ceiling };
}
