import type { Command } from 'commander';
import type { EngineClient } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';
import type { JudgedSameNegatives } from '../contract/judged-same-negatives.ts';
import { leftOutWords, parseLeaveOut } from '../contract/leave-out.ts';
import type { LeaveOut } from '../contract/leave-out.ts';
import { metAmongNearest } from '../contract/met-negatives.ts';
import type { MetNegatives } from '../contract/met-negatives.ts';
import { boundsWords, knnNeighbours, scoreWords } from '../contract/run-scores.ts';
import type { EvaluateResult, SplitScores } from '../contract/runs.ts';
import { wholeNumber } from './command-line.ts';
import { trainedWithWords } from '../contract/trained-with.ts';
import type { StartCommand } from './start-command.ts';
import { decimals, tableLines } from './text-table.ts';

interface EvaluateOptions {
  readonly run?: string;
  readonly all?: boolean;
  readonly k?: number;
  readonly leaveOut?: LeaveOut;
  readonly forLibrary?: boolean;
  readonly train?: string[];
  readonly test?: string[];
}

interface NamedScores {
  readonly run: string;
  readonly scores: EvaluateResult;
}

/** Adds the command `evaluate`. */
export function addEvaluate(program: Command, start: StartCommand): void {
  program
    .command('evaluate')
    .description('score runs by the labels of the pictures')
    .option('--run <run>', 'a run by number or name')
    .option('--all', 'every run that has embedded the pictures, such as after a new version')
    .option(
      '--k <count>',
      `neighbours whose vote is the kNN accuracy; only that of ${knnNeighbours}, by which runs are compared, is kept with the run`,
      wholeNumber('--k'),
    )
    .option(
      '--leave-out <what>',
      "pictures that do not vote for one another: near-duplicates, verdicts, name:REGEX (what its first group catches of the path is the same) or none, separated by commas; the library's choice where left out, and scores of another are not kept",
      parseLeaveOut,
    )
    .option('--for-library', 'make --leave-out the choice of the library, in the app, too')
    .option('--train <split...>', 'splits whose pictures vote and are learned from')
    .option('--test <split...>', 'splits that are tested (usual names where both are left out)')
    .action(async ({ k, ...options }: EvaluateOptions, command: Command) => {
      const line = start(command);
      const splits = splitsOf(options);
      checkOptions(options);
      await line.answer('write', async (engine) => {
        const { leaveOut, forLibrary } = options;
        if (leaveOut && forLibrary) await engine.call('scores.chooseLeaveOut', leaveOut);
        const all: NamedScores[] = [];
        for (const run of await runsOf(engine, options)) {
          const scores = await line.runJob(engine, 'evaluate', { run, k, leaveOut, splits });
          all.push({ run, scores });
        }
        const [only] = all;
        return options.all || only === undefined
          ? {
              json: all.map(({ run, scores }) => ({ run, ...scores })),
              text: tableOfAll(all).join('\n'),
            }
          : { json: only.scores, text: detailed(only.scores).join('\n') };
      });
    });
}

function checkOptions({ run, all, leaveOut, forLibrary }: EvaluateOptions): void {
  if ((run === undefined) === (all !== true)) {
    throw new EngineError('bad-argument', 'Give --run with a run, or --all.');
  }
  if (forLibrary && leaveOut === undefined) {
    throw new EngineError('bad-argument', 'Give --leave-out with --for-library.');
  }
}

/** The names of the runs that are scored. */
async function runsOf(engine: EngineClient, { run }: EvaluateOptions): Promise<string[]> {
  if (run !== undefined) return [run];
  const runs = await engine.call('runs.list', { archived: true });
  return runs.filter(({ embedded }) => embedded).map(({ name }) => name);
}

function detailed(scores: EvaluateResult): string[] {
  return [
    ...tableLines([headOf(scores), rowOf(scores)]),
    ...protocolLines(scores),
    ...splitLines(scores.split),
    ...judgedSameLines(scores.judgedSame),
    ...metLines(scores.met),
    ...(scores.remarks ?? []),
  ];
}

function tableOfAll(all: readonly NamedScores[]): string[] {
  const [first] = all;
  if (first === undefined) return ['No run has embedded the pictures yet.'];
  const rows = all.map(({ run, scores }) => [run, ...rowOf(scores)]);
  const head = ['run', ...headOf(first.scores)];
  return [...tableLines([head, ...rows]), ...protocolLines(first.scores)];
}

function headOf({ k }: EvaluateResult): string[] {
  const { knn, precisionAt20, linear, rankMe } = scoreWords;
  const byNeighbours = k === knnNeighbours ? knn.short : `${knn.short} (k = ${k})`;
  return [
    ...[byNeighbours, 'balanced', linear.short, 'balanced'],
    ...['alignment', 'uniformity', precisionAt20.short, rankMe.short],
  ];
}

function rowOf(scores: EvaluateResult): string[] {
  return [
    decimals(scores.knn, 3),
    decimals(scores.knnBalanced, 3),
    decimals(scores.linear, 3),
    decimals(scores.linearBalanced, 3),
    decimals(scores.alignment, 3),
    decimals(scores.uniformity, 3),
    decimals(scores.precisionAt20, 3),
    decimals(scores.rankMe, 1),
  ];
}

/** What must be known to read the accuracies. */
function protocolLines(scores: EvaluateResult): string[] {
  const bounds = boundsWords(scores, (share) => share.toFixed(3));
  const without = leftOutWords(scores.leftOut);
  return [
    ...(bounds === '' ? [] : [`${scoreWords.precisionAt20.short}: ${bounds}.`]),
    ...(without === ''
      ? []
      : [`Accuracies and ${scoreWords.precisionAt20.short} ${without}, which do not vote.`]),
    ...trainedWithWords(scores),
  ];
}

function splitsOf({ train, test }: Pick<EvaluateOptions, 'train' | 'test'>) {
  if (train === undefined && test === undefined) return undefined;
  if (train !== undefined && test !== undefined) return { train, test };
  throw new EngineError('bad-argument', 'Give --train and --test together.');
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

function metLines(met: MetNegatives | null): string[] {
  if (met === null) return [];
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  const { epoch, otherLabel, sameLabel, all } = met;
  const byLabel =
    otherLabel === null || sameLabel === null
      ? percent(all)
      : `${percent(otherLabel)} of those with another label (hard negatives) and ${percent(sameLabel)} of those with the same (false ones, where labels are the truth)`;
  return [
    `Of the ${metAmongNearest} most similar pictures, epoch ${epoch} recorded ${byLabel} as negatives.`,
  ];
}
