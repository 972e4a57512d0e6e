import { z } from 'zod';

/** The scores by which trainings are compared across seeds, in the order in which they are told. */
export const seedScores = [
  'knn',
  'knnBalanced',
  'linear',
  'linearBalanced',
  'precisionAt20',
  'alignment',
  'uniformity',
  'rankMe',
] as const;
export type SeedScore = (typeof seedScores)[number];

/** A score of each seed of a training; `sd` is null with fewer than two. */
const scoreSpread = z.object({
  values: z.array(z.number()),
  mean: z.number(),
  sd: z.number().nullable(),
});
export type ScoreSpread = z.infer<typeof scoreSpread>;

/** A two-sided test of a difference of two trainings; `low` and `high` are its 95 % interval. */
const differenceTest = z.object({ low: z.number(), high: z.number(), p: z.number() });
export type DifferenceTest = z.infer<typeof differenceTest>;

/** A score of both trainings. What is not known without more seeds is null. */
const trainingsScore = z.object({
  score: z.enum(seedScores),
  a: scoreSpread,
  b: scoreSpread,
  test: differenceTest.nullable(),
  /** The exact permutation test, and the smallest p that so many seeds could give. */
  exact: z.object({ p: z.number(), smallest: z.number() }).nullable(),
  /** By how much two seeds of one training differ: the standard deviation of their difference. */
  betweenSeeds: z.number().nullable(),
});
export type TrainingsScore = z.infer<typeof trainingsScore>;

/** One side as a training: all its runs that differ by their seed alone. */
const comparedTraining = z.object({
  name: z.string(),
  /** The names of its runs; an encoder that was not trained here has one, and no seeds. */
  runs: z.array(z.string()),
  /** Whether the whole seed group was chosen, not one run of it. */
  isWhole: z.boolean(),
  /** The run whose maps and neighbours are shown. */
  shown: z.string(),
  /** Its seed; null without one. */
  seed: z.number().nullable(),
});

/**
 * By what a difference of the trainings is tested: `seeds` between seeds of both; `one-run` where one
 * side is a single run; `borrowed` by the spread of another training's seeds; `same-training` where
 * both runs differ by their seed alone; `unknown` where no spread between seeds is known.
 */
const seedMethod = z.enum(['seeds', 'one-run', 'borrowed', 'same-training', 'unknown']);
export type SeedMethod = z.infer<typeof seedMethod>;

/** What two seeds of one training differ by, as means over pairs of seeds. */
const seedOverlap = z.object({
  /** Of which training. */
  of: z.string(),
  pairs: z.number().int(),
  neighbourOverlap: z.number(),
  rankBiasedOverlap: z.number(),
  /** Pictures in the largest group that changes in the same way from seed to seed. */
  largestGroup: z.number().int(),
});
export type SeedOverlap = z.infer<typeof seedOverlap>;

/** What two runs say of their trainings, beyond these two networks. */
export const trainingsComparison = z.object({
  method: seedMethod,
  a: comparedTraining,
  b: comparedTraining,
  /** The training whose seeds give the spread, where it is neither side's. */
  spreadOf: z.string().nullable(),
  scores: z.array(trainingsScore),
  overlap: seedOverlap.nullable(),
});
export type TrainingsComparison = z.infer<typeof trainingsComparison>;
