import type { LabelColumn } from './label-columns.ts';

/** Shares of pictures, 0 to 1, that are classified right. */
export interface Accuracy {
  /** Over all pictures. */
  readonly all: number;
  /** The mean over the labels of the share of each: chance is 1 / labels, however unequal they are. */
  readonly balanced: number;
}

/**
 * The accuracy of classifying rows; `rightShare` gives how often (0 to 1) a row was right. Rows with the
 * label -1 do not count; null where none has another.
 */
export function accuracyOf(
  labels: LabelColumn,
  rightShare: (row: number, label: number) => number,
): Accuracy | null {
  const byLabel = new Map<number, { pictures: number; right: number }>();
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    const { pictures, right } = byLabel.get(label) ?? { pictures: 0, right: 0 };
    byLabel.set(label, { pictures: pictures + 1, right: right + rightShare(row, label) });
  }
  const all = [...byLabel.values()];
  if (all.length === 0) return null;
  const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
  return {
    all: sum(all.map(({ right }) => right)) / sum(all.map(({ pictures }) => pictures)),
    balanced: sum(all.map(({ right, pictures }) => right / pictures)) / all.length,
  };
}
