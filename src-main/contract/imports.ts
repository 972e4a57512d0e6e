import { z } from 'zod';

/** The formats of files of vectors, or of the names of their pictures. */
export const importFormat = z.enum([
  'parquet',
  'npy',
  'npz',
  'safetensors',
  'csv',
  'json',
  'jsonl',
  'text',
]);
export type ImportFormat = z.infer<typeof importFormat>;

/** The endings of files that can be imported, with their formats. */
export const importEndings: Readonly<Record<string, ImportFormat>> = {
  parquet: 'parquet',
  pq: 'parquet',
  npy: 'npy',
  npz: 'npz',
  safetensors: 'safetensors',
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  txt: 'text',
};

/**
 * One column of a file. `kind` says how it can be used, `type` is the file's name of its type, `length`
 * the number of values in a vector. Numbered number columns (`dim_0`, `dim_1` …) are offered together
 * as one vector, `dim_*`; `gaps` names columns that its numbering lacks, or that hold no numbers.
 */
const importColumn = z.object({
  name: z.string(),
  kind: z.enum(['text', 'number', 'vector', 'other']),
  type: z.string(),
  length: z.number().int().nullable(),
  gaps: z.array(z.string()).optional(),
});
export type ImportColumn = z.infer<typeof importColumn>;

/**
 * The files of the vectors, and how to read them. What is left out is found automatically. `vectors`
 * and `hashes` name columns. `paths` names a column, or a file with one path per vector. `epoch` is a
 * column, or a pattern of file names such as `epoch_{epoch}.npy`. A folder stands for its files.
 * `allowGaps` takes numbered columns as a vector although some of them are missing.
 */
export const importSource = z.object({
  files: z.array(z.string().min(1)).min(1, 'Name a file to import.').max(10_000),
  format: importFormat.optional(),
  vectors: z.string().min(1).optional(),
  hashes: z.string().min(1).optional(),
  paths: z.string().min(1).optional(),
  epoch: z.string().min(1).optional(),
  allowGaps: z.boolean().optional(),
});
export type ImportSource = z.infer<typeof importSource>;

/** With `dryRun`, everything is read and checked, and nothing is saved. */
export const importInput = importSource.extend({
  name: z.string().min(1).max(120).optional(),
  dryRun: z.boolean().default(false),
});
export type ImportInput = z.infer<typeof importInput>;

/** Why a row was left out. */
const importProblem = z.enum([
  'no-name',
  'not-found',
  'ambiguous',
  'duplicate',
  'no-epoch',
  'no-vector',
  'wrong-dimension',
  'not-a-number',
  'not-finite',
  'zero',
]);
export type ImportProblem = z.infer<typeof importProblem>;

/** The problems of rows: a sentence, and the first rows that have the problem; rows count from 1. */
const importProblems = z.array(
  z.object({
    problem: importProblem,
    sentence: z.string(),
    count: z.number().int(),
    examples: z.array(
      z.object({ file: z.string(), row: z.number().int(), name: z.string(), note: z.string() }),
    ),
  }),
);
export type ImportProblems = z.infer<typeof importProblems>;

/** Which rows were matched with pictures, how, and which were not. */
const importMatching = z.object({
  rows: z.number().int(),
  /** Numbers of matched rows, by what identified them. */
  matched: z.object({
    hash: z.number().int(),
    path: z.number().int(),
    name: z.number().int(),
  }),
  problems: importProblems,
  /** Number of pictures of the library that got a vector (in any epoch); then those that did not. */
  pictures: z.number().int(),
  picturesWithout: z.object({ count: z.number().int(), examples: z.array(z.string()) }),
});
export type ImportMatching = z.infer<typeof importMatching>;

/** The columns that are used; null where there is none. `paths` may be a file. */
const importMapping = z.object({
  vectors: z.string().nullable(),
  hashes: z.string().nullable(),
  paths: z.string().nullable(),
  epoch: z.string().nullable(),
});
export type ImportMapping = z.infer<typeof importMapping>;

/**
 * The result of inspecting files before they are imported. `matching` is that of the first
 * `checkedRows` rows. `obstacle` is a sentence that says why they cannot be imported as they are, or
 * null.
 */
export const importInspection = z.object({
  format: importFormat,
  files: z.array(
    z.object({
      path: z.string(),
      name: z.string(),
      rows: z.number().int(),
      epoch: z.number().int().nullable(),
    }),
  ),
  columns: z.array(importColumn),
  rows: z.number().int(),
  dimensions: z.number().int().nullable(),
  mapping: importMapping,
  /** Columns of the file of paths, where one is beside the vectors. */
  pathColumns: z.array(importColumn),
  /** Number of files of recorded negatives, which fill the ledger. */
  negatives: z.number().int(),
  checkedRows: z.number().int(),
  matching: importMatching.nullable(),
  obstacle: z.string().nullable(),
});
export type ImportInspection = z.infer<typeof importInspection>;

/**
 * The result of an import; `run` is null after a dry run, `epochs` is empty where the files name none.
 */
export const importResult = z.object({
  run: z.number().int().nullable(),
  name: z.string(),
  dimensions: z.number().int(),
  mapping: importMapping,
  matching: importMatching,
  /** Number of vectors that were saved, of all epochs. */
  vectors: z.number().int(),
  epochs: z.array(z.object({ epoch: z.number().int(), vectors: z.number().int() })),
  /** Lengths of the saved vectors before they were scaled to unit length. */
  norms: z.object({ least: z.number(), mean: z.number(), largest: z.number() }).nullable(),
  /** Number of anchors with recorded negatives, of all epochs. */
  ledgerAnchors: z.number().int(),
  remarks: z.array(z.string()),
  seconds: z.number(),
});
export type ImportResult = z.infer<typeof importResult>;

/** One folder of the engine's machine, with the files that can be imported from it. */
export const importListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  files: z.array(z.object({ name: z.string(), path: z.string(), bytes: z.number() })),
});
export type ImportListing = z.infer<typeof importListing>;
