import type { Command } from 'commander';
import { scoreWords } from '../contract/run-scores.ts';
import { objectiveText, type RunSummary } from '../contract/runs.ts';
import { seedGroupOf, seedGroups, seedText } from '../contract/seed-groups.ts';
import type { SeedGroup } from '../contract/seed-groups.ts';
import type { StartCommand } from './start-command.ts';
import { decimals } from './text-table.ts';

const head = [
  ...[
    'run',
    'name',
    'objective',
    'device',
    'epochs',
    scoreWords.knn.short,
    scoreWords.precisionAt20.short,
    'created',
  ],
  ...['seeds', 'tags'],
];

interface RunsOptions {
  readonly archived?: boolean;
  readonly deleted?: boolean;
}

/** Adds the command `runs`. */
export function addRuns(program: Command, start: StartCommand): void {
  program
    .command('runs')
    .description('list the runs of the library')
    .option('--archived', 'those that were archived, too')
    .option('--deleted', 'those that were deleted and can be restored, too')
    .action(async ({ archived, deleted }: RunsOptions, command: Command) => {
      const line = start(command);
      await line.answer('read', async (engine) => {
        const runs = await engine.call('runs.list', { archived, deleted });
        const groups = seedGroups(runs.filter((run) => run.deleted === null));
        const rows = runs.map((run) => [
          String(run.run),
          run.name,
          objectiveText(run),
          run.device ?? '–',
          String(run.epochs),
          decimals(run.metrics.knn, 3),
          decimals(run.metrics.precisionAt20, 3),
          run.created,
          seedText(groups, run),
          marksOf(run),
        ]);
        return { json: runs.map((run) => listed(run, groups)), text: [head, ...rows] };
      });
    });
}

function marksOf({ tags, archived, deleted }: RunSummary): string {
  const marks = [...(archived ? ['archived'] : []), ...(deleted === null ? [] : ['deleted'])];
  return [...tags.map((tag) => `#${tag}`), ...marks].join(' ');
}

function listed(summary: RunSummary, groups: readonly SeedGroup[]) {
  const { run, name, objective, device, epochs, metrics, created } = summary;
  const { note, tags, archived, deleted } = summary;
  const group = seedGroupOf(groups, summary);
  const seeds = group && { group: group.name, runs: group.runs.length };
  return {
    ...{ run, name, objective, device, epochs, metrics, created, seeds },
    ...{ note, tags, archived, deleted },
  };
}
