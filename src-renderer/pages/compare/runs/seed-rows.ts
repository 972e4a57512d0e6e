import type { RunSummary } from '../../../../src-main/contract/runs.ts';
import {
  finishedRuns,
  seedGroups,
  type SeedGroup,
} from '../../../../src-main/contract/seed-groups.ts';
import type { RunColumn } from './run-columns.ts';

/** A row of the table: a run, or several trainings that differ by their seed alone. */
type TableRow =
  | { readonly run: RunSummary; readonly group: null }
  | { readonly run: null; readonly group: SeedGroup };

/**
 * The rows of the table in the order of `runs`. Where seeds are folded, each seed group of at least two
 * has a row at the place of its first run; its runs follow where it is unfolded.
 */
export function tableRows(
  runs: readonly RunSummary[],
  isFolded: boolean,
  unfolded: ReadonlySet<string>,
): TableRow[] {
  const several = isFolded ? seedGroups(runs).filter((group) => group.runs.length > 1) : [];
  const groupOf = new Map(several.flatMap((group) => group.runs.map((run) => [run.run, group])));
  const shown = new Set<SeedGroup>();
  return runs.flatMap((run): TableRow[] => {
    const group = groupOf.get(run.run);
    if (group === undefined) return [{ run, group: null }];
    if (shown.has(group)) return [];
    shown.add(group);
    const members = unfolded.has(group.name) ? runs.filter((one) => group.runs.includes(one)) : [];
    return [{ run: null, group }, ...members.map((one): TableRow => ({ run: one, group: null }))];
  });
}

/**
 * What a seed group has in a column: its seeds, mean and spread of a result over those that are
 * finished, or what all share.
 */
export function groupText({ key, valueOf, textOf, format }: RunColumn, group: SeedGroup): string {
  const { runs } = group;
  const [first] = runs;
  if (first === undefined) return '';
  if (key === 'seed') return runs.map(textOf).join(', ');
  if (format === undefined) return textOf(first);
  const values = finishedRuns(group)
    .map(valueOf)
    .filter((value) => typeof value === 'number');
  if (values.length === 0) return '–';
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  if (values.length < 2) return format(mean);
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return `${format(mean)} ±${format(Math.sqrt(squares / (values.length - 1)))}`;
}
