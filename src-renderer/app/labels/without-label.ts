import { formatCount } from '../../../src-main/contract/format-count.ts';
import type { Pictures } from '../library/pictures.ts';

/** What a filter of labels shows of pictures without one. */
interface UnlabelledBar {
  /** The empty name stands for no label in filters. */
  readonly name: '';
  readonly shown: 'no label';
  readonly count: number;
  readonly text?: string;
}

/**
 * The entry for pictures without a label in a list of labels; none where all have one, or none has.
 * With a selection it says how many of the selected they are, as the other entries do.
 */
export function withoutLabel(
  pictures: Pictures,
  selection: ReadonlySet<number> = new Set(),
): UnlabelledBar[] {
  const { columns, count } = pictures;
  const without = columns.labelIndex.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  if (without === 0 || without === count) return [];
  const bar = { name: '', shown: 'no label', count: without } as const;
  if (selection.size === 0) return [bar];
  let part = 0;
  for (const id of selection) if ((columns.labelIndex[pictures.rowOf(id)] ?? 0) < 0) part++;
  return [{ ...bar, text: `${part} of ${formatCount(without)}` }];
}
