import type { Pictures } from '../library/pictures.ts';

/** What a filter of labels shows of pictures without one. */
interface UnlabelledBar {
  /** The empty name stands for no label in filters. */
  readonly name: '';
  readonly shown: 'no label';
  readonly count: number;
}

/** The entry for pictures without a label in a list of labels; none where all have one, or none has. */
export function withoutLabel({ columns, count }: Pictures): UnlabelledBar[] {
  const without = columns.labelIndex.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  if (without === 0 || without === count) return [];
  return [{ name: '', shown: 'no label', count: without }];
}
