import { z } from 'zod';
import { exportPreview, exportedFiles } from './exports.ts';
import { runReference } from './runs.ts';

/** What the positives of a picture are: others with its label, others judged the same, or itself. */
export const positiveSource = z.enum(['label', 'verdict', 'self']);

/** The layouts of sentence-transformers' `mine_hard_negatives`, by its names. */
export const miningLayout = z.enum(['triplet', 'n-tuple', 'labeled-pair', 'labeled-list']);
/**
 * How a picture is named: by its path in the scanned folder, the absolute path of its file, or its
 * hash.
 */
export const pictureNaming = z.enum(['path', 'file', 'hash']);

/** The formats of mined negatives; lists of different lengths fit into no array. */
export const miningFormat = z.enum(['parquet', 'csv', 'jsonl']);

/**
 * The parameters of `mine_hard_negatives` (sentence-transformers 6) under its own names, with its
 * defaults and its order of operations. Scores are cosines.
 */
const miningRules = z.object({
  /** How many of the most similar candidates that pass all other rules are skipped. */
  range_min: z.number().int().min(0).default(0),
  /**
   * Candidates after this rank are left out. The default with a margin or max_score is range_min + 10 ·
   * num_negatives + the largest number of positives of an anchor, else range_min + num_negatives + that
   * number.
   */
  range_max: z.number().int().min(1).optional(),
  max_score: z.number().optional(),
  min_score: z.number().optional(),
  /** A negative is at least this much less similar than the anchor's least similar positive. */
  absolute_margin: z.number().optional(),
  /** The same margin, as a fraction of the absolute similarity of the positive. */
  relative_margin: z.number().optional(),
  num_negatives: z.number().int().min(1).max(1000).default(3),
  sampling_strategy: z.enum(['top', 'random']).default('top'),
});
export type MiningRules = z.infer<typeof miningRules>;

/** All settings of mining except run and file: the rules, the positives, and the layout. */
export const miningChoice = miningRules.extend({
  positives: positiveSource.default('self'),
  /** Number of positives of each anchor, drawn by the seed; 0 for all. */
  positives_per_anchor: z.number().int().min(0).default(1),
  /** Whether pictures with the anchor's label are excluded from its negatives. */
  label_aware: z.boolean().default(true),
  seed: z.number().int().min(0).default(1),
  output_format: miningLayout.default('triplet'),
  output_scores: z.boolean().default(false),
  naming: pictureNaming.default('path'),
});
export type MiningChoice = z.infer<typeof miningChoice>;

export const mineInput = miningChoice.extend({
  run: runReference,
  /** The space in which similarities are computed. */
  space: z.enum(['h', 'z']).default('h'),
  format: miningFormat,
  file: z.string().min(1, 'Name the file to write.'),
  /** File for all candidates that were left out, with their reasons. */
  left_out: z.string().min(1).optional(),
  overwrite: z.boolean().default(false),
});
export type MineInput = z.infer<typeof mineInput>;

/** Why a candidate is not a negative, in the order of the decisions. */
export const leftOutReasons = [
  'itself',
  'judged-same',
  'same-label',
  'positive',
  'absolute-margin',
  'relative-margin',
  'max-score',
  'min-score',
  'before-range-min',
  'after-range-max',
  'not-needed',
  'not-sampled',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** A summary of scores; all but `count` are null where there are none. */
const scoreSummary = z.object({
  count: z.number().int(),
  mean: z.number().nullable(),
  median: z.number().nullable(),
  std: z.number().nullable(),
  min: z.number().nullable(),
  '25%': z.number().nullable(),
  '75%': z.number().nullable(),
  max: z.number().nullable(),
});
export type ScoreSummary = z.infer<typeof scoreSummary>;

export const mineResult = z.object({
  files: exportedFiles,
  /** Rows of the table in the chosen layout. */
  rows: z.number().int(),
  anchors: z.number().int(),
  /** Number of pictures without a positive: they are not anchors. */
  withoutPositive: z.number().int(),
  /** Number of anchors with fewer negatives than requested. */
  short: z.number().int(),
  range_max: z.number().int(),
  candidates: z.number().int(),
  negatives: z.number().int(),
  /** Number of candidates left out, by reason; with the negatives they add up to the candidates. */
  leftOut: z.record(z.string(), z.number().int()),
  scores: z.object({
    positive: scoreSummary,
    negative: scoreSummary,
    difference: scoreSummary,
  }),
  seconds: z.number(),
});
export type MineResult = z.infer<typeof mineResult>;

/** Previews mining for the first `anchors` anchors. */
export const minePreviewInput = mineInput
  .omit({ file: true, left_out: true, overwrite: true })
  .extend({
    anchors: z.number().int().min(1).max(100).default(16),
    rows: z.number().int().min(1).max(50).default(6),
  });

/** Rows and bytes are those of the first anchors, scaled to all that have a positive. */
export const minePreview = exportPreview.extend({
  anchors: z.number().int(),
  range_max: z.number().int(),
  candidates: z.number().int(),
  negatives: z.number().int(),
  leftOut: z.record(z.string(), z.number().int()),
});
export type MinePreview = z.infer<typeof minePreview>;
