import { statSync } from 'node:fs';
import { Option } from 'commander';
import type { Command } from 'commander';
import { EngineError } from '../contract/errors/errors.ts';
import type { LabelRule } from '../contract/label-rule.ts';
import type { ScanResult } from '../contract/library.ts';
import type { CommandLine } from './command-line.ts';
import type { StartCommand } from './start-command.ts';

const ruleNames = ['deepest', 'top', 'path', 'none'] as const;

/** Adds the command `scan`. */
export function addScan(program: Command, start: StartCommand): void {
  program
    .command('scan')
    .description('take the pictures of a folder and its sub-folders into a library')
    .argument('<folder>', 'the folder of pictures')
    .addOption(
      new Option(
        '--labels <rule>',
        'what labels pictures: deepest or top sub-folder (splits such as train left out), path of all of them, a level (1 is the first), none, or a file of paths and labels (.csv, .tsv, .txt, .json, .jsonl, .parquet); folder takes the rule that the tree of folders suggests, which is what a new folder gets (before version 0.2: the first sub-folder)',
      ),
    )
    .action(async (given: string, options: { labels?: string }, command: Command) => {
      const line = start(command);
      const folder = line.path(given);
      const labels = options.labels === undefined ? undefined : ruleOf(line, options.labels);
      await line.answer(
        'write',
        async (engine) => {
          const result = await line.runJob(engine, 'scan', { folder, labels });
          return { json: result, text: describeScan(result).join('\n') };
        },
        folder,
      );
    });
}

/**
 * The rule for labels that a text names.
 * @throws EngineError bad-argument where it is no rule and no file
 */
export function ruleOf(line: CommandLine, given: string): LabelRule | 'folder' {
  const name = ruleNames.find((rule) => rule === given);
  if (name !== undefined) return name;
  if (given === 'folder') return 'folder';
  if (/^[1-9]\d?$/.test(given)) return `level:${Number(given)}`;
  const file = line.path(given);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return `file:${file}`;
  throw new EngineError(
    'bad-argument',
    `--labels is "${given}", which is neither ${ruleNames.join(', ')}, folder, a level from 1 to 99, nor a file that exists.`,
  );
}

function describeScan(result: ScanResult): string[] {
  const { images, files, duplicates, labels, splits, skipped, seconds, proposal, rule } = result;
  const lines = [
    `${images} pictures in ${files} files, ${duplicates} duplicates, ${labels} labels, ${skipped.length} skipped, ${seconds.toFixed(1)} s`,
    `  labels: ${rule}${rule === proposal.rule ? `. ${proposal.reason}` : `; the folders suggest ${proposal.rule}. ${proposal.reason}`}`,
  ];
  if (splits.length > 0) {
    lines.push(`  splits: ${splits.map(({ split, count }) => `${split} ${count}`).join(', ')}`);
  }
  if (result.labelConflicts > 0) {
    lines.push(
      `  ${result.labelConflicts} pictures lie in folders of different labels and have none until you decide: negatoscope labels --conflicts`,
    );
  }
  if (result.unmatched !== null && result.unmatched.count > 0) {
    const { count, examples } = result.unmatched;
    lines.push(
      `  ${count} rows of the file of labels name no picture, such as ${examples.join(', ')}`,
    );
  }
  return [...lines, ...skipped.map(({ path, reason }) => `  skipped ${path}: ${reason}`)];
}
