import { noLabel } from '../../contract/label-sets.ts';
import type { LabelColumn } from './label-columns.ts';

/** The labels by which rows are scored, and how many labelled rows cannot be. */
export interface ScoredLabels {
  /** The label of each row that is scored; -1 for the others. */
  readonly labels: LabelColumn;
  readonly pictures: number;
  /** Labelled rows without another of their label outside their group: none could give them theirs. */
  readonly alone: number;
}

/**
 * Leaves out labelled rows that cannot be classified right, because no row of another group has their
 * label. They still vote for others.
 */
export function scoredLabels(labels: LabelColumn, groups: Int32Array | null): ScoredLabels {
  const groupOf = (row: number): number => groups?.[row] ?? row;
  const first = new Map<number, number>();
  const several = new Set<number>();
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    const known = first.get(label);
    if (known === undefined) first.set(label, groupOf(row));
    else if (known !== groupOf(row)) several.add(label);
  }
  const scored = labels.map((label) => (several.has(label) ? label : noLabel));
  const count = (column: LabelColumn): number => column.filter((label) => label >= 0).length;
  return { labels: scored, pictures: count(scored), alone: count(labels) - count(scored) };
}
