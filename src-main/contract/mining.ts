import { z } from 'zod';
import { exportPreview, exportedFiles } from './exports.ts';
import { runReference } from './runs.ts';

/** What a picture is drawn towards: others of its label, others judged the same, or itself. */
export const positiveSource = z.enum(['label', 'verdict', 'self']);

/** The layouts of sentence-transformers' `mine_hard_negatives`, by its names. */
export const miningLayout = z.enum(['triplet', 'n-tuple', 'labeled-pair', 'labeled-list']);
export type MiningLayout = z.infer<typeof miningLayout>;

/** What stands for a picture: its path in the scanned folder, the absolute path of its file, its hash. */
export const pictureNaming = z.enum(['path', 'file', 'hash']);

/** The formats that hold what is mined; lists of different lengths fit into no array. */
export const miningFormat = z.enum(['parquet', 'csv', 'jsonl']);

/**
 * The parameters of `mine_hard_negatives` (sentence-transformers 6) under its own names, with its
 * defaults and its order of operations. Scores are cosines.
 */
export const miningRules = z.object({
  /** So many of the candidates that every other rule leaves are skipped, most similar first. */
  range_min: z.number().int().min(0).default(0),
  /**
   * Candidates behind this rank are left out. Left out, it is range_min + 10 num_negatives + the most
   * positives of an anchor with a margin or max_score, else range_min + num_negatives + those.
   */
  range_max: z.number().int().min(1).optional(),
  max_score: z.number().optional(),
  min_score: z.number().optional(),
  /** A negative is at least so far below the anchor's least similar positive. */
  absolute_margin: z.number().optional(),
  /** The same as a fraction of the size of the positive's similarity. */
  relative_margin: z.number().optional(),
  num_negatives: z.number().int().min(1).max(1000).default(3),
  sampling_strategy: z.enum(['top', 'random']).default('top'),
});
export type MiningRules = z.infer<typeof miningRules>;

/** The rules, what stands around them, and the layout: everything but run and file. */
export const miningChoice = miningRules.extend({
  positives: positiveSource.default('self'),
  /** So many positives of each anchor, drawn by the seed; 0 for all. */
  positives_per_anchor: z.number().int().min(0).default(1),
  /** Whether a picture of the anchor's own label can be no negative. */
  label_aware: z.boolean().default(true),
  seed: z.number().int().min(0).default(1),
  output_format: miningLayout.default('triplet'),
  output_scores: z.boolean().default(false),
  naming: pictureNaming.default('path'),
});
export type MiningChoice = z.infer<typeof miningChoice>;

export const mineInput = miningChoice.extend({
  run: runReference,
  /** Where similarities are taken. */
  space: z.enum(['h', 'z']).default('h'),
  format: miningFormat,
  file: z.string().min(1, 'Name the file to write.'),
  /** Where every candidate that was left out is written with its reason. */
  left_out: z.string().min(1).optional(),
  overwrite: z.boolean().default(false),
});
export type MineInput = z.infer<typeof mineInput>;

/** Why a candidate is no negative, in the order in which it is decided. */
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

/** Of scores; all but `count` are null where there are none. */
export const scoreSummary = z.object({
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
  /** Of the table in the layout that was asked for. */
  rows: z.number().int(),
  anchors: z.number().int(),
  /** Pictures that no positive was found for: they are no anchors. */
  withoutPositive: z.number().int(),
  /** Anchors with fewer negatives than were asked for. */
  short: z.number().int(),
  range_max: z.number().int(),
  candidates: z.number().int(),
  negatives: z.number().int(),
  /** Left out by reason; with the negatives they add up to the candidates. */
  leftOut: z.record(z.string(), z.number().int()),
  scores: z.object({
    positive: scoreSummary,
    negative: scoreSummary,
    difference: scoreSummary,
  }),
  seconds: z.number(),
});
export type MineResult = z.infer<typeof mineResult>;

/** What the first anchors would give; `anchors` of them are mined. */
export const minePreviewInput = mineInput
  .omit({ file: true, left_out: true, overwrite: true })
  .extend({
    anchors: z.number().int().min(1).max(100).default(16),
    rows: z.number().int().min(1).max(50).default(6),
  });

/** The count of rows and bytes is what the first anchors give, times all that have a positive. */
export const minePreview = exportPreview.extend({
  anchors: z.number().int(),
  range_max: z.number().int(),
  candidates: z.number().int(),
  negatives: z.number().int(),
  leftOut: z.record(z.string(), z.number().int()),
});
export type MinePreview = z.infer<typeof minePreview>;
