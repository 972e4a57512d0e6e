import { extname } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { checkInput } from '../contract/check-input.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { miningFormat, miningLayout, pictureNaming, positiveSource } from '../contract/mining.ts';
import type { MineInput, MineResult } from '../contract/mining.ts';
import { formatPercent } from '../contract/percent.ts';
import { fixRules } from '../engine/exchange/mining/fix-rules.ts';
import { decimalNumber, wholeNumber } from './command-line.ts';
import type { StartCommand } from './start-command.ts';
import { decimals } from './text-table.ts';

/** The options as commander returns them: `--range-min` is `rangeMin`. */
interface MineOptions {
  readonly run: string;
  readonly out: string;
  readonly leftOut?: string;
  readonly force?: boolean;
  readonly labelAware?: boolean;
  readonly [option: string]: string | number | boolean | undefined;
}

const counts = {
  '--range-min': 'skip so many of the most similar candidates that pass all other rules',
  '--range-max':
    'leave out candidates after this rank; as many as --num-negatives needs if not given',
  '--num-negatives': 'negatives of each anchor',
  '--positives-per-anchor': 'positives of each anchor, drawn by the seed; 0 for all',
};

const scores = {
  '--max-score': 'leave out candidates more similar than this cosine; none if not given',
  '--min-score': 'leave out candidates less similar than this cosine; none if not given',
  '--absolute-margin':
    'how much less similar a negative is than the anchor’s least similar positive; any if not given',
  '--relative-margin':
    'the same margin, as a fraction of the positive’s similarity; any if not given',
};

/** Adds the command `mine`. */
export function addMine(program: Command, start: StartCommand): void {
  const command = program
    .command('mine')
    .description('write hard negatives as sentence-transformers’ mine_hard_negatives does')
    .requiredOption('--run <run>', 'a run by number or name')
    .requiredOption('--out <file>', 'the file to write: .parquet, .csv or .jsonl')
    .option('--left-out <file>', 'write every candidate that was left out, with its reason');
  for (const [flag, help] of Object.entries(counts)) {
    command.addOption(new Option(`${flag} <count>`, help).argParser(wholeNumber(flag)));
  }
  for (const [flag, help] of Object.entries(scores)) {
    command.addOption(new Option(`${flag} <number>`, help).argParser(decimalNumber(flag)));
  }
  const choices = (flag: string, help: string, names: readonly string[]): Option =>
    new Option(`${flag} <name>`, help).choices(names);
  command
    .addOption(choices('--sampling-strategy', 'of the negatives', ['top', 'random']))
    .addOption(choices('--output-format', 'the layout', miningLayout.options))
    .addOption(choices('--positives', 'what a positive is', positiveSource.options))
    .addOption(choices('--naming', 'what stands for a picture', pictureNaming.options))
    .addOption(choices('--space', 'where similarities are taken', ['h', 'z']))
    .option('--output-scores', 'write the scores too')
    .option('--no-label-aware', 'let pictures of the anchor’s own label be negatives')
    .option('--seed <number>', 'of what is drawn', wholeNumber('--seed'))
    .option('--force', 'replace existing files: those named, and the list of pictures beside them')
    .action(async ({ out, leftOut, force, ...options }: MineOptions, self: Command) => {
      const line = start(self);
      const rules = Object.entries(options).map(([name, value]) => [snakeCase(name), value]);
      const input = {
        ...(Object.fromEntries(rules) as Partial<MineInput>),
        run: options.run,
        format: formatOf(out),
        file: line.path(out),
        ...(leftOut !== undefined && { left_out: line.path(leftOut) }),
        overwrite: force ?? false,
      };
      const checked = checkInput('jobs.start', { kind: 'mine', input });
      // How many positives an anchor has never makes a range empty.
      fixRules(checked.input as MineInput, 1);
      await line.answer('write', async (engine) => {
        const result = await line.runJob(engine, 'mine', input);
        return { json: result, text: inWords(result) };
      });
    });
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The format by the file's ending. @throws EngineError bad-argument when it is that of no format */
function formatOf(file: string): MineInput['format'] {
  const ending = miningFormat.safeParse(extname(file).slice(1).toLowerCase());
  if (ending.success) return ending.data;
  throw new EngineError(
    'bad-argument',
    `"${file}" must end in one of ${miningFormat.options.map((format) => `.${format}`).join(', ')}.`,
  );
}

function inWords(result: MineResult): string[][] {
  const { scores, leftOut, anchors, rows, candidates, negatives, short, files } = result;
  const statistics = ['count', 'mean', 'median', 'std', 'min', '25%', '75%', 'max'] as const;
  const part = (count: number): string => formatPercent(count / candidates, 2);
  return [
    ['score', 'positive', 'negative', 'difference'],
    ...statistics.map((name) => [
      name,
      ...[scores.positive, scores.negative, scores.difference].map((of) =>
        name === 'count' ? String(of.count) : decimals(of[name], 4),
      ),
    ]),
    ['candidates', String(candidates)],
    ['negatives', String(negatives), part(negatives)],
    ...Object.entries(leftOut).map(([reason, count]) => [reason, String(count), part(count)]),
    ['anchors', String(anchors)],
    ['short of negatives', String(short)],
    ['rows', String(rows)],
    ...files.map(({ path }) => ['file', path]),
  ];
}
