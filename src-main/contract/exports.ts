import './errors/without-eval.ts';
import { z } from 'zod';
import { vectorSpace } from './negatives.ts';
import { runReference } from './runs.ts';

/** The tables that can be exported; each is named for what a row is about. */
export const exportTables = ['embeddings', 'map', 'bins', 'ledger', 'verdicts', 'runs'] as const;
export const exportTable = z.enum(exportTables);
export type ExportTable = z.infer<typeof exportTable>;

/** The formats in which a table can be written, by the usual ending of their files. */
export const tableFormats = ['parquet', 'npy', 'npz', 'csv', 'jsonl', 'safetensors'] as const;
export const tableFormat = z.enum(tableFormats);
export type TableFormat = z.infer<typeof tableFormat>;

/** Tables that belong to no run. */
export const tablesWithoutRun: readonly string[] = ['verdicts', 'runs'] satisfies ExportTable[];

/** Which rows and columns a table has. */
const tableChoice = z.object({
  what: exportTable,
  run: runReference.optional(),
  /** For embeddings: features h, or projected z. */
  space: vectorSpace.default('h'),
  /** For bins: the space of the similarities; where left out z if the run has it, else h. */
  binsSpace: vectorSpace.optional(),
  /** For bins: the number of candidates of each anchor, the most similar first; 0 for all. */
  most: z.number().int().min(0).default(100),
  /** For the ledger: one epoch instead of all. */
  epoch: z.number().int().min(1).optional(),
  /** The columns to write; all where left out. */
  columns: z.array(z.string()).min(1, 'Choose at least one column.').optional(),
});
export type TableChoice = z.infer<typeof tableChoice>;

/**
 * `file` is an absolute path, or a name without a folder, which is put into the folder `exports` beside
 * the library. An existing file is replaced only with `overwrite`.
 */
export const exportInput = tableChoice.extend({
  format: tableFormat,
  file: z.string().min(1, 'Name the file to write.'),
  overwrite: z.boolean().default(false),
});
/** The written files by their absolute paths, the one that was named first. */
export const exportedFiles = z.array(z.object({ path: z.string(), bytes: z.number().int() }));

export const exportResult = z.object({
  files: exportedFiles,
  rows: z.number().int(),
  columns: z.array(z.string()),
  seconds: z.number(),
});
export type ExportResult = z.infer<typeof exportResult>;

export const exportPreviewInput = tableChoice.extend({
  format: tableFormat,
  rows: z.number().int().min(1).max(50).default(6),
});

/**
 * Describes a file before it is written: its columns, its first rows as text, and about how many bytes
 * it has.
 */
export const exportPreview = z.object({
  columns: z.array(
    z.object({ name: z.string(), type: z.string(), unit: z.string(), meaning: z.string() }),
  ),
  rows: z.array(z.array(z.string())),
  count: z.number().int(),
  bytes: z.number(),
  /** The free bytes that the disk needs: some formats are written twice. */
  neededBytes: z.number(),
});
export type ExportPreview = z.infer<typeof exportPreview>;

/** The list of pictures that is written beside some files, whose name without its ending is `stem`. */
export function picturesBeside(stem: string): string {
  return `${stem}.pictures.csv`;
}

/** The card that is written beside a model. */
export function cardBeside(stem: string): string {
  return `${stem}.md`;
}

/** `beside` are the other files of the same export. */
export const exportDestinationInput = z.object({
  file: z.string(),
  isFolder: z.boolean().default(false),
  beside: z.array(z.string()).default([]),
});

/** Where a file would be exported to, and what exists there now. */
export const exportDestination = z.object({
  path: z.string(),
  folder: z.string(),
  /** Whether a file of this name exists. */
  isThere: z.boolean(),
  /** The paths of the files of `beside` that exist. */
  besideThere: z.array(z.string()),
  /** Free bytes on the folder's disk. */
  freeBytes: z.number(),
});
export type ExportDestination = z.infer<typeof exportDestination>;

/** Exports a trained encoder as an ONNX file, with a model card beside it; `file` is as for a table. */
export const exportEncoderInput = z.object({
  run: runReference,
  file: z.string().min(1, 'Name the file to write.'),
  overwrite: z.boolean().default(false),
});

export const exportEncoderResult = z.object({
  files: exportedFiles,
  run: z.number().int(),
  seconds: z.number(),
});

/** What an export for a viewer of embeddings contains besides hash, path and label. */
const viewerChoice = z.object({
  run: runReference,
  /**
   * A picture (path or hash): the similarity, rank and bin of every other picture for it become
   * columns.
   */
  anchor: z.string().min(1).optional(),
  /** The space of what that picture sees; where left out z if the run has it, else h. */
  anchorSpace: vectorSpace.optional(),
  overwrite: z.boolean().default(false),
});

/**
 * Exports a folder for TensorBoard's projector, which is made if necessary; `folder` is as `file` for a
 * table.
 */
export const exportProjectorInput = viewerChoice.extend({
  space: vectorSpace.default('h'),
  folder: z.string().min(1, 'Name the folder to write.'),
});

/** `tile` is the side of a picture in the sprite, in pixels. */
export const exportProjectorResult = z.object({
  files: exportedFiles,
  run: z.number().int(),
  pictures: z.number().int(),
  tile: z.number().int(),
  remarks: z.array(z.string()),
  seconds: z.number(),
});
export type ExportProjectorResult = z.infer<typeof exportProjectorResult>;

/** Exports a Parquet file for Embedding Atlas, of a run that has a map. */
export const exportAtlasInput = viewerChoice.extend({
  file: z.string().min(1, 'Name the file to write.'),
  /** Number of nearest neighbours of each picture; 0 for none. */
  neighbours: z.number().int().min(0).max(100).default(15),
  /** Whether the file contains the thumbnails. */
  thumbnails: z.boolean().default(true),
});

export const exportAtlasResult = z.object({
  files: exportedFiles,
  run: z.number().int(),
  pictures: z.number().int(),
  columns: z.array(z.string()),
  remarks: z.array(z.string()),
  seconds: z.number(),
});
export type ExportAtlasResult = z.infer<typeof exportAtlasResult>;

/**
 * Describes an encoder's file before it is written: side of the pictures in pixels, lengths of h and z,
 * and about how many bytes it has.
 */
export const encoderExportPreview = z.object({
  encoder: z.string(),
  epoch: z.number().int(),
  size: z.number().int(),
  features: z.number().int(),
  projected: z.number().int(),
  bytes: z.number(),
});
export type EncoderExportPreview = z.infer<typeof encoderExportPreview>;
