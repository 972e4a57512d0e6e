import type { Command } from 'commander';
import type { Change, PairsOfVerdicts, PayResult } from '../contract/pay.ts';
import {
  factorText,
  intervalWords,
  negativePushWords,
  payHeadings,
  rankText,
  reasonWords,
} from '../contract/pay-words.ts';
import { leftOutWords } from '../contract/leave-out.ts';
import { formatPercent } from '../contract/percent.ts';
import { wholeNumber } from './command-line.ts';
import type { StartCommand } from './start-command.ts';
import { tableLines } from './text-table.ts';

interface PayOptions {
  readonly run: string;
  readonly against?: string;
  readonly seed?: number;
}

/** Adds the command `pay`. */
export function addPay(program: Command, start: StartCommand): void {
  program
    .command('pay')
    .description(
      'did it pay: what a training with verdicts did to the pairs that it was fed, to those that it held out, and to the labels',
    )
    .requiredOption('--run <run>', 'a run that verdicts trained, by number or name')
    .option(
      '--against <run>',
      'the run before; that of the encoder it was trained on, or the same training without verdicts, where left out',
    )
    .option('--seed <number>', 'of the draws that give the intervals', wholeNumber('--seed'))
    .action(async ({ run, against, seed }: PayOptions, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const result = await line.runJob(engine, 'pay', { run, against, seed });
        return { json: result, text: textOf(result).join('\n') };
      });
    });
}

function textOf(result: PayResult): string[] {
  const { run, against, same, different, verdict, sentences, leftOut } = result;
  const without = leftOutWords(leftOut);
  const measured = [same.fed, same.heldOut, different.fed, different.heldOut];
  const isAttracted = measured.some((pairs) => pairs && negativePushWords(pairs) !== null);
  return [
    `${run.name} against ${against.name} (${reasonWords[against.reason]}), ${result.pictures} pictures`,
    `${payHeadings[verdict]}.`,
    ...sentences,
    '',
    ...tableLines([
      ['', 'pairs', 'median rank', 'mean rank', 'factor (95 %)', 'nearest is a partner', 'push'],
      ...rowOf('same, fed', same.fed),
      ...rowOf('same, held out', same.heldOut),
      ...rowOf('different, fed', different.fed),
      ...rowOf('different, held out', different.heldOut),
    ]),
    `${intervalWords}.`,
    ...(isAttracted ? ['A share of the push below 0: drawn together, not pushed.'] : []),
    ...(without === '' ? [] : [`kNN ${without}, which do not vote.`]),
  ];
}

function rowOf(name: string, pairs: PairsOfVerdicts | null): string[][] {
  if (pairs === null) return [];
  const { medianRank, meanRank, nearest, push } = pairs;
  const moved = ({ before, after }: Change, text: (value: number) => string): string =>
    `${text(before)} -> ${text(after)}`;
  const pushed = [push.before, push.after].map((share) =>
    share === null ? '–' : formatPercent(share),
  );
  return [
    [
      ...[name, String(pairs.pairs), moved(medianRank, rankText), moved(meanRank, rankText)],
      factorText(pairs),
      moved(nearest, formatPercent),
      push.before === null && push.after === null ? '' : pushed.join(' -> '),
    ],
  ];
}
