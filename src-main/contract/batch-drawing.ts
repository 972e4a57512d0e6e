import './errors/without-eval.ts';
import { z } from 'zod';
import { EngineError } from './errors/errors.ts';
import type { VerdictUse } from './verdict-use.ts';

/**
 * How the batches of an epoch are drawn: `random`, in a shuffled order; `group`, several pictures of
 * one group together; `proximity`, by walks over a graph of near pictures (BatchSampler, Yang et al.
 * 2023).
 */
export const batchDrawing = z.enum(['random', 'group', 'proximity'], {
  error: 'batches must be drawn random, by group or by proximity.',
});
export type BatchDrawing = z.infer<typeof batchDrawing>;

/** What a group of batches drawn by group is: pictures of one label, of one verdict group, or near. */
export const batchGrouping = z.enum(['label', 'verdicts', 'neighbours'], {
  error: 'groupBy must be one of label, verdicts and neighbours.',
});
export type BatchGrouping = z.infer<typeof batchGrouping>;

/** What each way of drawing batches does, as shown to people. */
export const batchDrawingWords: Readonly<Record<BatchDrawing, string>> = {
  random: 'At random',
  group: 'Groups of pictures together',
  proximity: 'Near pictures together (BatchSampler)',
};

/** What each kind of group is, as shown to people. */
export const batchGroupingWords: Readonly<Record<BatchGrouping, string>> = {
  label: 'of one label',
  verdicts: 'judged the same',
  neighbours: 'near each other',
};

const probability = z.number().min(0).max(1);

/** How a user wants the batches drawn; what is left out has its default (`batchDefaults`). */
export const batchChoice = z.object({
  batches: batchDrawing.optional(),
  groupBy: batchGrouping.optional(),
  /** Pictures of one group in a batch, K of P × K; at least 2. */
  groupSize: z.number().int().min(2).max(256).optional(),
  /** M, pictures among which the neighbours of each picture are searched. */
  proximityCandidates: z.number().int().min(2).max(100_000).optional(),
  /** K, neighbours of each picture in the proximity graph. */
  proximityNeighbours: z.number().int().min(1).max(10_000).optional(),
  /** α at the beginning: the probability with which a walk goes back to its start. */
  restartProbability: probability.optional(),
  /** Epochs that one graph serves. */
  graphEpochs: z.number().int().min(1).max(10_000).optional(),
  /** Epochs at random before the first graph. */
  randomEpochs: z.number().int().min(0).max(10_000).optional(),
  /** How likely a picture judged different meets its anchor; with verdicts only. */
  differentRate: probability.optional(),
});
export type BatchChoice = z.infer<typeof batchChoice>;

/**
 * M and K are those of the official BatchSampler code, α that of its script for STL10 as of the paper's
 * vision experiments, one epoch at random as in that script.
 */
export const batchDefaults = {
  batches: 'random',
  groupBy: 'label',
  groupSize: 4,
  proximityCandidates: 1000,
  proximityNeighbours: 100,
  restartProbability: 0.2,
  graphEpochs: 1,
  randomEpochs: 1,
  differentRate: 0.5,
} as const satisfies Required<BatchChoice>;

/** How batches are drawn, with every choice made. */
export type BatchSettings = Required<BatchChoice>;

type BatchKey = keyof BatchChoice;

const graphKeys = [
  ...['proximityCandidates', 'proximityNeighbours', 'graphEpochs', 'randomEpochs'],
] as BatchKey[];

/** The settings that a way of drawing has, beside its name. */
export function batchKeysOf({ batches, groupBy }: BatchChoice): readonly BatchKey[] {
  switch (batches ?? batchDefaults.batches) {
    case 'random':
      return [];
    case 'group':
      return ['groupBy', 'groupSize', ...(groupBy === 'neighbours' ? graphKeys : [])];
    case 'proximity':
      return [...graphKeys, 'restartProbability'];
  }
}

/**
 * How the batches of a training are drawn.
 * @throws EngineError bad-argument for a setting that the chosen way does not have, or that needs
 * verdicts
 */
export function resolveBatches(
  choice: BatchChoice & { readonly verdicts: VerdictUse },
): BatchSettings {
  const given = givenBatches(choice);
  const { batches = batchDefaults.batches, groupBy = batchDefaults.groupBy } = given;
  const isJudged = choice.verdicts !== 'ignore';
  const allowed = new Set(['batches', 'differentRate', ...batchKeysOf(given)]);
  const other = Object.keys(given).find((key) => !allowed.has(key));
  if (other !== undefined) {
    throw refused(`${other} is no setting of batches that are drawn ${describeDrawing(given)}.`);
  }
  if (batches === 'group' && groupBy === 'verdicts' && !isJudged) {
    throw refused(
      'Batches by verdict groups need verdicts: set verdicts to mask or attract, or choose another groupBy.',
    );
  }
  if (!isJudged && (given.differentRate ?? 0) > 0) {
    throw refused(
      'differentRate draws pictures judged different into batches, so it needs verdicts: set verdicts to mask or attract, or leave it out.',
    );
  }
  const { differentRate } = { ...batchDefaults, ...given };
  return { ...batchDefaults, ...given, differentRate: isJudged ? differentRate : 0 };
}

/** The choices that were made, without those that were left out. */
export function givenBatches(choice: BatchChoice): BatchChoice {
  const keys = Object.keys(batchChoice.shape) as BatchKey[];
  const known = keys.filter((key) => choice[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, choice[key]]));
}

/** What a run records of how its batches are drawn: nothing of batches at random. */
export function recordedBatches(settings: BatchSettings, verdicts: VerdictUse): BatchChoice {
  const keys: BatchKey[] = [
    ...(settings.batches === 'random' ? [] : ['batches' as const]),
    ...batchKeysOf(settings),
    ...(verdicts === 'ignore' ? [] : ['differentRate' as const]),
  ];
  return Object.fromEntries(keys.map((key) => [key, settings[key]]));
}

/**
 * What a run that goes on was begun with; a run of an older version drew its batches at random, and did
 * nothing with what was judged different.
 */
export function begunBatches(
  recorded: Readonly<Record<string, unknown>>,
  verdicts: VerdictUse,
): BatchChoice {
  const { data = {} } = batchChoice.safeParse(recorded);
  const begun = { batches: batchDefaults.batches, ...data };
  return verdicts === 'ignore' ? begun : { differentRate: 0, ...begun };
}

function describeDrawing({ batches = batchDefaults.batches, groupBy }: BatchChoice): string {
  if (batches === 'random') return 'at random; set batches to group or proximity';
  return batches === 'proximity'
    ? 'by proximity'
    : `by group (${groupBy ?? batchDefaults.groupBy})`;
}

function refused(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
