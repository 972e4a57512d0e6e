import { Option } from 'commander';
import type { Command } from 'commander';
import type { LabelSource } from '../contract/library.ts';
import type { StartCommand } from './start-command.ts';

/** Adds the command `scan`. */
export function addScan(program: Command, start: StartCommand): void {
  program
    .command('scan')
    .description('take the pictures of a folder and its sub-folders into a library')
    .argument('<folder>', 'the folder of pictures')
    .addOption(
      new Option('--labels <source>', 'label pictures by the sub-folder they are in')
        .choices(['folder', 'none'])
        .default('folder'),
    )
    .action(async (given: string, { labels }: { labels: LabelSource }, command: Command) => {
      const line = start(command);
      const folder = line.path(given);
      await line.answer(
        'write',
        async (engine) => {
          const result = await line.runJob(engine, 'scan', { folder, labels });
          const skipped = result.skipped.map(({ path, reason }) => ({ path, reason }));
          const { images, files, duplicates, seconds } = result;
          const counts = `${images} pictures in ${files} files, ${duplicates} duplicates, ${result.labels} labels, ${skipped.length} skipped, ${seconds.toFixed(1)} s`;
          const reasons = skipped.map(({ path, reason }) => `  skipped ${path}: ${reason}`);
          return { json: { ...result, skipped }, text: [counts, ...reasons].join('\n') };
        },
        folder,
      );
    });
}
