import { z } from 'zod';
import { binNames } from '../../../src-main/contract/bins.ts';
import { pictureNumberNames } from '../../../src-main/contract/picture-numbers.ts';
import type { Focus } from './focus.svelte.ts';
import { judgedKinds } from '../verdicts/judged-kinds.ts';

/** The filters as plain data, as they are remembered and put back. */
export const filters = z.object({
  query: z.string(),
  labels: z.array(z.string()),
  // Earlier versions remembered none.
  splits: z.array(z.string()).default([]),
  bins: z.array(z.enum(binNames)),
  verdicts: z.array(z.enum(judgedKinds)),
  marks: z.array(z.string()).default([]),
  ranges: z.array(
    z.tuple([z.enum(pictureNumberNames), z.object({ from: z.number(), to: z.number() })]),
  ),
});
export type Filters = z.infer<typeof filters>;

export const noFilters: Filters = {
  query: '',
  labels: [],
  splits: [],
  bins: [],
  verdicts: [],
  marks: [],
  ranges: [],
};

export function readFilters({
  query,
  labels,
  splits,
  bins,
  verdicts,
  marks,
  ranges,
}: Focus): Filters {
  return {
    query,
    labels: [...labels],
    splits: [...splits],
    bins: [...bins],
    verdicts: [...verdicts],
    marks: [...marks],
    ranges: [...ranges],
  };
}

export function writeFilters(
  focus: Focus,
  { query, labels, splits, bins, verdicts, marks, ranges }: Filters,
): void {
  focus.query = query;
  refill(focus.labels, labels);
  refill(focus.splits, splits);
  refill(focus.bins, bins);
  refill(focus.verdicts, verdicts);
  refill(focus.marks, marks);
  focus.ranges.clear();
  for (const [name, range] of ranges) focus.ranges.set(name, range);
}

function refill<T>(set: Set<T>, values: readonly T[]): void {
  set.clear();
  for (const value of values) set.add(value);
}
