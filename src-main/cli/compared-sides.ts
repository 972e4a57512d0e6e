import type { ComparedRun } from '../contract/comparison.ts';
import { EngineError } from '../contract/errors/errors.ts';
import type { RunSummary } from '../contract/runs.ts';
import { representativeOf, seedGroupOf, seedGroups } from '../contract/seed-groups.ts';

/** Reads runs with commas: `name` or `number`, either with `@epoch`. */
export function comparedRuns(text: string): ComparedRun[] {
  return text.split(',').map((one) => {
    const [, run = one, epoch] = /^(.+)@(\d+)$/.exec(one.trim()) ?? [];
    return { run: run.trim(), ...(epoch !== undefined && { epoch: Number(epoch) }) };
  });
}

/**
 * The seed groups of these names, each by the run that stands for it: the name of the group, or of one
 * of its runs, or that run's number.
 * @throws EngineError not-found
 */
export function comparedGroups(
  names: readonly string[],
  runs: readonly RunSummary[],
): ComparedRun[] {
  const groups = seedGroups(runs.filter(({ state }) => state === 'done'));
  return names
    .flatMap((name) => name.split(','))
    .map((name) => name.trim())
    .map((name) => {
      const run = runs.find((one) => one.name === name || String(one.run) === name);
      const group = run
        ? seedGroupOf(groups, run)
        : groups.findLast((one) => one.name === name && one.runs.length > 1);
      if (group) return { run: representativeOf(group).run, seeds: true };
      if (run) return { run: run.run };
      const known = groups.filter((one) => one.runs.length > 1).map((one) => one.name);
      throw new EngineError(
        'not-found',
        known.length === 0
          ? `There is no seed group "${name}": no two runs of this library differ by their seed alone. Train some with "train --seeds 3".`
          : `There is no seed group "${name}"; this library has ${known.join(', ')}.`,
      );
    });
}
