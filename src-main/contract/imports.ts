import { z } from 'zod';

/** How a file holds vectors or what they are of. */
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

/** The endings that files to import have, with the format that each is. */
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
 * One column of a file. `kind` says what it can be used for, `type` what the file calls it; `length` is
 * the number of values in a vector. Numbered number columns (`dim_0`, `dim_1` …) are offered together
 * as one vector, `dim_*`.
 */
export const importColumn = z.object({
  name: z.string(),
  kind: z.enum(['text', 'number', 'vector', 'other']),
  type: z.string(),
  length: z.number().int().nullable(),
});
export type ImportColumn = z.infer<typeof importColumn>;

/**
 * Which files hold the vectors and how they are to be read. What is left out is found out: `vectors`,
 * `hashes` and `paths` name columns, `paths` may be a file with one path per vector, and `epoch` is a
 * column or a pattern of file names such as `epoch_{epoch}.npy`. A folder stands for its files.
 */
export const importSource = z.object({
  files: z.array(z.string().min(1)).min(1, 'Name a file to import.').max(10_000),
  format: importFormat.optional(),
  vectors: z.string().min(1).optional(),
  hashes: z.string().min(1).optional(),
  paths: z.string().min(1).optional(),
  epoch: z.string().min(1).optional(),
});
export type ImportSource = z.infer<typeof importSource>;

/** `dryRun` reads and checks everything and keeps nothing. */
export const importInput = importSource.extend({
  name: z.string().min(1).max(120).optional(),
  dryRun: z.boolean().default(false),
});
export type ImportInput = z.infer<typeof importInput>;

/** Why a row was left out. */
export const importProblem = z.enum([
  'no-name',
  'not-found',
  'ambiguous',
  'duplicate',
  'no-epoch',
  'no-vector',
  'wrong-dimension',
  'not-finite',
  'zero',
]);
export type ImportProblem = z.infer<typeof importProblem>;

/** What is wrong with some rows, in a sentence, with the first of them; rows count from 1. */
export const importProblems = z.array(
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

/** How rows were found to belong to pictures, and which were not. */
export const importMatching = z.object({
  rows: z.number().int(),
  /** Rows that belong to a picture, by what told. */
  matched: z.object({
    hash: z.number().int(),
    path: z.number().int(),
    name: z.number().int(),
  }),
  problems: importProblems,
  /** Pictures of the library that got a vector (in any epoch), and those that did not. */
  pictures: z.number().int(),
  picturesWithout: z.object({ count: z.number().int(), examples: z.array(z.string()) }),
});
export type ImportMatching = z.infer<typeof importMatching>;

/** The columns that are used; null where there is none. `paths` may be a file. */
export const importMapping = z.object({
  vectors: z.string().nullable(),
  hashes: z.string().nullable(),
  paths: z.string().nullable(),
  epoch: z.string().nullable(),
});
export type ImportMapping = z.infer<typeof importMapping>;

/**
 * A look at files before they are imported. `matching` is of the first `checkedRows` rows. `obstacle`
 * says in a sentence why they cannot be imported as they are, or is null.
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
  /** Columns of the file of paths, where there is one beside the vectors. */
  pathColumns: z.array(importColumn),
  /** Files of recorded negatives, for the ledger. */
  negatives: z.number().int(),
  checkedRows: z.number().int(),
  matching: importMatching.nullable(),
  obstacle: z.string().nullable(),
});
export type ImportInspection = z.infer<typeof importInspection>;

/** What an import did; `run` is null after a dry run. `epochs` is empty where the files name none. */
export const importResult = z.object({
  run: z.number().int().nullable(),
  name: z.string(),
  dimensions: z.number().int(),
  mapping: importMapping,
  matching: importMatching,
  /** Vectors that were kept, of all epochs. */
  vectors: z.number().int(),
  epochs: z.array(z.object({ epoch: z.number().int(), vectors: z.number().int() })),
  /** Of the kept vectors, before they were made unit vectors. */
  norms: z.object({ least: z.number(), mean: z.number(), largest: z.number() }).nullable(),
  /** Anchors with recorded negatives, of all epochs. */
  ledgerAnchors: z.number().int(),
  remarks: z.array(z.string()),
  seconds: z.number(),
});
export type ImportResult = z.infer<typeof importResult>;

/** One folder of the engine's machine with what can be imported from it. */
export const importListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  files: z.array(z.object({ name: z.string(), path: z.string(), bytes: z.number() })),
});
export type ImportListing = z.infer<typeof importListing>;
