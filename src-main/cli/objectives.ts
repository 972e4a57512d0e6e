import type { Command } from 'commander';
import { objectivePresets } from '../contract/objectives/describe-objective.ts';
import type { ObjectiveDescription } from '../contract/objectives/describe-objective.ts';
import type { StartCommand } from './start-command.ts';

/** Adds the command `objectives`. */
export function addObjectives(program: Command, start: StartCommand): void {
  program
    .command('objectives')
    .description('list the objectives that a run can be trained with, and their settings')
    .action((_options: unknown, self: Command) => {
      const entries = Object.entries<ObjectiveDescription>(objectivePresets);
      start(self).print({
        json: entries.map(([name, objective]) => ({ name, ...objective })),
        text: [
          ['objective', 'source', 'selection', 'loss', 'settings'],
          ...entries.map(([name, { source, selection, loss, settings }]) => [
            name,
            source,
            selection,
            loss,
            settings
              .filter(({ group }) => group !== 'parts')
              .map((setting) => `${setting.key}=${String(setting.default)}`)
              .join(' '),
          ]),
        ],
      });
    });
}
