import type { Command } from 'commander';
import { EngineError } from '../contract/errors/errors.ts';
import type { JudgedSameNegatives } from '../contract/judged-same-negatives.ts';
import { knnNeighbours, scoreWords } from '../contract/run-scores.ts';
import type { SplitScores } from '../contract/runs.ts';
import { wholeNumber } from './command-line.ts';
import type { StartCommand } from './start-command.ts';
import { decimals, tableLines } from './text-table.ts';

interface EvaluateOptions {
  readonly run: string;
  readonly k?: number;
  readonly train?: string[];
  readonly test?: string[];
}

/** Adds the command `evaluate`. */
export function addEvaluate(program: Command, start: StartCommand): void {
  program
    .command('evaluate')
    .description('score a run by the labels of the pictures')
    .requiredOption('--run <run>', 'a run by number or name')
    .option(
      '--k <count>',
      `neighbours whose vote is the kNN accuracy; only that of ${knnNeighbours}, by which runs are compared, is kept with the run`,
      wholeNumber('--k'),
    )
    .option('--train <split...>', 'splits whose pictures vote and are learned from')
    .option('--test <split...>', 'splits that are tested (usual names where both are left out)')
    .action(async ({ run, k, ...options }: EvaluateOptions, command: Command) => {
      const line = start(command);
      const splits = splitsOf(options);
      await line.answer('write', async (engine) => {
        const scores = await line.runJob(engine, 'evaluate', { run, k, splits });
        const { precisionAt20 } = scoreWords;
        const head = [knnHead(scores.k), 'linear', 'alignment', 'uniformity', precisionAt20.short];
        const row = [
          decimals(scores.knn, 3),
          decimals(scores.linear, 3),
          decimals(scores.alignment, 3),
          decimals(scores.uniformity, 3),
          decimals(scores.precisionAt20, 3),
        ];
        const lines = [
          ...tableLines([head, row]),
          ...splitLines(scores.split),
          ...judgedSameLines(scores.judgedSame),
        ];
        return { json: scores, text: lines.join('\n') };
      });
    });
}

function splitsOf({ train, test }: Pick<EvaluateOptions, 'train' | 'test'>) {
  if (train === undefined && test === undefined) return undefined;
  if (train !== undefined && test !== undefined) return { train, test };
  throw new EngineError('bad-argument', 'Give --train and --test together.');
}

function knnHead(k: number): string {
  return k === knnNeighbours ? scoreWords.knn.short : `${scoreWords.knn.short} (k = ${k})`;
}

function splitLines(scores: SplitScores | null): string[] {
  if (scores === null) return [];
  const { train, test, testPictures, trainPictures, knn, linear } = scores;
  return [
    `On ${test.join(', ')} (${testPictures} labelled pictures), learned from ${train.join(', ')} (${trainPictures}): kNN ${decimals(knn, 3)}, linear ${decimals(linear, 3)}.`,
  ];
}

function judgedSameLines(judged: JudgedSameNegatives | null): string[] {
  if (judged === null || judged.pairs === 0) return [];
  const { epoch, pairs, negatives, gradientShare } = judged;
  const share = ((gradientShare ?? 0) * 100).toFixed(1);
  return [
    `In epoch ${epoch}, ${negatives} of ${pairs} pairs judged the same were among the recorded negatives, with ${share} % of their pictures’ gradient (lower is better).`,
  ];
}
