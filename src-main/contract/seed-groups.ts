import type { RunSummary } from './runs.ts';

/** What of a run says which seed group it is in. */
type SeededRun = Pick<
  RunSummary,
  'name' | 'kind' | 'encoder' | 'objective' | 'settings' | 'state' | 'metrics'
>;

/** Trainings that differ by their seed alone, the oldest first; at least one. */
export interface SeedGroup<R extends SeededRun = RunSummary> {
  readonly name: string;
  readonly runs: readonly R[];
}

/** Settings that do not change what is learnt: another seed may have others. */
const ownOfRun: ReadonlySet<string> = new Set(['seed', 'job', 'frozen']);

/**
 * A key that trainings share which differ by their seed alone: the same encoder and frozen encoder,
 * objective, settings, pictures and verdicts. Null for a run that was not trained, or not to its end.
 */
function seedGroupKey({ kind, encoder, objective, settings, state }: SeededRun) {
  if (kind !== 'trained' || state === 'cancelled' || state === 'failed') return null;
  const shared = Object.entries(settings)
    .filter(([key]) => !ownOfRun.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const frozen = settings['frozen'] as { readonly hash?: unknown } | undefined;
  return JSON.stringify([encoder, objective, frozen?.hash ?? null, shared]);
}

/** The seed groups of trainings, in the order of their oldest run; a repeated seed counts once. */
export function seedGroups<R extends SeededRun>(runs: readonly R[]): SeedGroup<R>[] {
  const byKey = new Map<string, R[]>();
  for (const run of runs) {
    const key = seedGroupKey(run);
    if (key === null) continue;
    const group = byKey.get(key) ?? [];
    if (group.some((other) => other.settings['seed'] === run.settings['seed'])) continue;
    byKey.set(key, [...group, run]);
  }
  return [...byKey.values()].map((members) => ({ name: nameOf(members), runs: members }));
}

/** The seed group with a run, which may be a repeat of one of its seeds; null without a training. */
export function seedGroupOf<R extends SeededRun>(
  groups: readonly SeedGroup<R>[],
  run: SeededRun,
): SeedGroup<R> | null {
  const key = seedGroupKey(run);
  if (key === null) return null;
  return groups.find(({ runs }) => runs[0] !== undefined && seedGroupKey(runs[0]) === key) ?? null;
}

/**
 * The run that stands for a group where one is drawn: of those with a known kNN accuracy the one in the
 * middle, else the oldest.
 */
export function representativeOf<R extends SeededRun>({ runs }: SeedGroup<R>): R {
  const scored = runs.filter(({ metrics }) => metrics.knn !== undefined);
  const ordered = scored.toSorted((a, b) => (a.metrics.knn ?? 0) - (b.metrics.knn ?? 0));
  const middle = ordered[Math.floor((ordered.length - 1) / 2)] ?? runs[0];
  if (middle === undefined) throw new Error('A seed group has at least one run.');
  return middle;
}

/** The runs of a group that were trained to their end: what is said of its seeds is of these. */
export function finishedRuns<R extends SeededRun>({ runs }: SeedGroup<R>): readonly R[] {
  return runs.filter(({ state }) => state === 'done');
}

/** How many seeds a group has, such as "3 seeds" or "1 of 2 seeds finished". */
export function seedCountText<R extends SeededRun>(group: SeedGroup<R>): string {
  const [all, finished] = [group.runs.length, finishedRuns(group).length];
  return finished === all ? `${all} seeds` : `${finished} of ${all} seeds finished`;
}

/** Where a run stands among the seeds of its training, such as "1 of 3 seeds"; empty for a lone one. */
export function seedText<R extends SeededRun>(groups: readonly SeedGroup<R>[], run: R): string {
  const group = seedGroupOf(groups, run);
  if (group === null || group.runs.length < 2) return '';
  return `1 of ${group.runs.length} seeds`;
}

/** `hard` for `hard-s1` and `hard-s2`; else the oldest run's name. */
function nameOf(runs: readonly SeededRun[]): string {
  const [first = ''] = runs.map(({ name }) => name);
  if (runs.length < 2) return first;
  const bases = new Set(runs.map(({ name }) => name.replace(/-s\d+$/, '')));
  const [base = first] = bases;
  return bases.size === 1 ? base : first;
}
