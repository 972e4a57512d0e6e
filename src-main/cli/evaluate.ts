import type { Command } from 'commander';
import type { JudgedSameNegatives } from '../contract/judged-same-negatives.ts';
import { knnNeighbours, scoreWords } from '../contract/run-scores.ts';
import { wholeNumber } from './command-line.ts';
import type { StartCommand } from './start-command.ts';
import { decimals, tableLines } from './text-table.ts';

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
    .action(async ({ run, k }: { run: string; k?: number }, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const scores = await line.runJob(engine, 'evaluate', { run, k });
        const { precisionAt20 } = scoreWords;
        const head = [knnHead(scores.k), 'linear', 'alignment', 'uniformity', precisionAt20.short];
        const row = [
          decimals(scores.knn, 3),
          decimals(scores.linear, 3),
          decimals(scores.alignment, 3),
          decimals(scores.uniformity, 3),
          decimals(scores.precisionAt20, 3),
        ];
        return {
          json: scores,
          text: [...tableLines([head, row]), ...judgedSameLines(scores.judgedSame)].join('\n'),
        };
      });
    });
}

function knnHead(k: number): string {
  return k === knnNeighbours ? scoreWords.knn.short : `${scoreWords.knn.short} (k = ${k})`;
}

function judgedSameLines(judged: JudgedSameNegatives | null): string[] {
  if (judged === null || judged.pairs === 0) return [];
  const { epoch, pairs, negatives, gradientShare } = judged;
  const share = ((gradientShare ?? 0) * 100).toFixed(1);
  return [
    `In epoch ${epoch}, ${negatives} of ${pairs} pairs judged the same were among the recorded negatives, with ${share} % of their pictures’ gradient (lower is better).`,
  ];
}
