import type { Command } from 'commander';
import type { StartCommand } from './program.ts';
import { decimals } from './text-table.ts';

const head = ['run', 'name', 'objective', 'device', 'epochs', 'kNN', 'false negatives', 'created'];

export function addRuns(program: Command, start: StartCommand): void {
  program
    .command('runs')
    .description('list the runs of the library')
    .action(async (_options: unknown, command: Command) => {
      const line = start(command);
      await line.answer('read', async (engine) => {
        const runs = await engine.call('runs.list', {});
        const rows = runs.map((run) => [
          String(run.run),
          run.name,
          run.objective ?? '–',
          run.device ?? '–',
          String(run.epochs),
          decimals(run.metrics.knn, 3),
          decimals(run.metrics.falseNegativeRate, 3),
          run.created,
        ]);
        return {
          json: runs.map(({ run, name, objective, device, epochs, metrics, created }) => ({
            run,
            name,
            objective,
            device,
            epochs,
            metrics,
            created,
          })),
          text: [head, ...rows],
        };
      });
    });
}
