import { statSync } from 'node:fs';
import { Option } from 'commander';
import type { Command } from 'commander';
import { background, type Background } from '../contract/decoding.ts';
import { EngineError } from '../contract/errors/errors.ts';
import type { LabelRule, UnmatchedRows } from '../contract/label-rule.ts';
import type { ScanResult } from '../contract/library.ts';
import { describeRemarks } from './scan-remarks.ts';
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
        'what labels pictures: deepest or top sub-folder (splits such as train left out), path of all of them, a level (1 is the first), none, or a file of paths and labels (.csv, .tsv, .txt, .json, .jsonl, .parquet); folder takes the rule that the tree of folders suggests, which is what a new folder gets (it used to mean the first sub-folder)',
      ),
    )
    .option(
      '--take-hidden',
      'also take hidden files and those of other programs (@eaDir, .thumbnails, __MACOSX, ._*, .Trash, .git …), in later scans of the folder, too',
    )
    .option('--no-take-hidden', 'leave them out again, as for a new folder')
    .addOption(
      new Option(
        '--background <what>',
        'lay the transparent parts of all pictures of the library on this, for the eye and for encoders; a new library has white',
      ).choices(background.options),
    )
    .option(
      '--align',
      'enlarge small pictures as Pillow does also in an older library, which does it half a pixel to the right and down',
    )
    .option(
      '--moved-from <folder>',
      'the folder of pictures was this one before: its library looks for its pictures in the new place, and keeps labels, verdicts and runs',
    )
    .action(async (given: string, options: ScanOptions, command: Command) => {
      const line = start(command);
      const folder = line.path(given);
      const from = options.movedFrom === undefined ? undefined : line.path(options.movedFrom);
      const { takeHidden: takesJunk, background: under, align = false } = options;
      const labels = options.labels === undefined ? undefined : ruleOf(line, options.labels);
      await line.answer(
        'write',
        async (engine) => {
          if (from !== undefined) await engine.call('library.moveFolder', { from, to: folder });
          if (under !== undefined || align) {
            await line.runJob(engine, 'decodeAgain', { background: under, align });
          }
          const result = await line.runJob(engine, 'scan', { folder, labels, takesJunk });
          const skipped = result.skipped.map(({ path, reason }) => ({ path, reason }));
          const { shared } = await engine.call('labels.problems', {});
          const text = describeScan(result, shared.length).join('\n');
          return { json: { ...result, skipped }, text };
        },
        from ?? folder,
      );
    });
}

interface ScanOptions {
  readonly labels?: string;
  readonly takeHidden?: boolean;
  readonly background?: Background;
  readonly align?: boolean;
  readonly movedFrom?: string;
}

/**
 * The rule for labels that a text names, the value of an option.
 * @throws EngineError bad-argument where it is no rule and no file
 */
export function ruleOf(
  line: CommandLine,
  given: string,
  option = '--labels',
): LabelRule | 'folder' {
  const name = ruleNames.find((rule) => rule === given);
  if (name !== undefined) return name;
  if (given === 'folder') return 'folder';
  // Answers show rules as level:1 and file:PATH.
  const level = /^(?:level:)?([1-9]\d?)$/.exec(given)?.[1];
  if (level !== undefined) return `level:${Number(level)}`;
  const file = line.path(given.replace(/^file:/, ''));
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return `file:${file}`;
  throw new EngineError(
    'bad-argument',
    `${option} is "${given}", which is neither ${ruleNames.join(', ')}, folder, a level from 1 to 99, nor a file that exists.`,
  );
}

/** A line on the rows of a file of labels that name no picture, or none where each names one. */
export function describeUnmatched(unmatched: UnmatchedRows | null): string[] {
  if (unmatched === null || unmatched.count === 0) return [];
  const { count, examples } = unmatched;
  return [
    `  ${count} rows of the file of labels name no picture, or not only one, such as ${examples.join(', ')}`,
  ];
}

function describeScan(result: ScanResult, inSeveralSplits: number): string[] {
  const { images, files, duplicates, labels, unlabelled, splits, skipped, seconds } = result;
  const { proposal, rule } = result;
  const lines = [
    `${images} pictures in ${files} files, ${duplicates} duplicates, ${labels} labels, ${skipped.length} skipped, ${seconds.toFixed(1)} s`,
    `  labels: ${rule}${rule === proposal.rule ? `. ${proposal.reason}` : `; the folders suggest ${proposal.rule}. ${proposal.reason}`}`,
  ];
  if (unlabelled > 0 && labels > 0) {
    lines.push(`  ${unlabelled} pictures have no label`);
  }
  if (splits.length > 0) {
    lines.push(`  splits: ${splits.map(({ split, count }) => `${split} ${count}`).join(', ')}`);
  }
  if (inSeveralSplits > 0) {
    lines.push(
      `  ${inSeveralSplits} pictures of the library are in several splits, so that what is tested was trained on: negatoscope labels --conflicts`,
    );
  }
  if (result.labelConflicts > 0) {
    lines.push(
      `  ${result.labelConflicts} pictures lie in folders of different labels and have none until you decide: negatoscope labels --conflicts`,
    );
  }
  return [
    ...lines,
    ...describeUnmatched(result.unmatched),
    ...describeRemarks(result),
    ...skipped.map(({ path, reason }) => `  skipped ${path}: ${reason}`),
  ];
}
