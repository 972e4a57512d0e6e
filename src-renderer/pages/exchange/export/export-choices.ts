import { exportTable, tableFormat } from '../../../../src-main/contract/exports.ts';
import type { ExportTable, TableFormat } from '../../../../src-main/contract/exports.ts';
import { miningFormat } from '../../../../src-main/contract/mining.ts';

/** What other programs open to look at embeddings. */
export type Viewer = 'projector' | 'atlas';

/** Everything that can be exported: tables, mined negatives, an encoder, what viewers open. */
export type ExportWhat = ExportTable | 'mined' | 'encoder' | Viewer;

/** What each is called on screen, and what is in it. */
export const exportWords: Readonly<
  Record<ExportWhat, { readonly title: string; readonly sentence: string }>
> = {
  embeddings: { title: 'Embeddings', sentence: 'The unit vector of each picture.' },
  map: { title: 'Map', sentence: 'Each picture’s position on the map last made.' },
  bins: { title: 'Bins', sentence: 'What each anchor competes with, and why it is in its bin.' },
  ledger: { title: 'Ledger', sentence: 'What the training itself did, by epoch and anchor.' },
  mined: {
    title: 'Mined negatives',
    sentence: 'Hard negatives to train with, as sentence-transformers mines them.',
  },
  encoder: { title: 'Encoder', sentence: 'Encoder and head as ONNX, with a model card beside it.' },
  projector: {
    title: 'TensorBoard projector',
    sentence: 'A folder: vectors, what is known of each picture, and a sprite of thumbnails.',
  },
  atlas: {
    title: 'Embedding Atlas',
    sentence: 'Parquet with the map, nearest neighbours and thumbnails.',
  },
  verdicts: { title: 'Verdicts', sentence: 'Every judged pair of the library.' },
  runs: { title: 'Runs', sentence: 'Every run with its settings and results.' },
};

export const formatWords: Readonly<
  Record<TableFormat, { readonly title: string; readonly sentence: string }>
> = {
  parquet: { title: 'Parquet', sentence: 'For pandas, polars, DuckDB or Spark.' },
  npy: {
    title: '.npy',
    sentence: 'One array for NumPy; its pictures are listed in a second file beside it.',
  },
  npz: { title: '.npz', sentence: 'An archive of named arrays for NumPy.' },
  csv: { title: 'CSV', sentence: 'Text for spreadsheets and everything else.' },
  jsonl: { title: 'JSON Lines', sentence: 'One JSON object a line.' },
  safetensors: { title: 'safetensors', sentence: 'Named tensors for PyTorch, JAX and others.' },
};

/** The formats that hold a choice; none where there is no choice. */
export function formatsOf(what: ExportWhat): readonly TableFormat[] {
  if (isTable(what)) return tableFormat.options;
  return what === 'mined' ? miningFormat.options : [];
}

export function isViewer(what: ExportWhat): what is Viewer {
  return what === 'projector' || what === 'atlas';
}

/** Whether it is one of the tables. */
export function isTable(what: ExportWhat): what is ExportTable {
  return exportTable.safeParse(what).success;
}

/** Letters that no common file system refuses. */
export function fileStem(...parts: readonly string[]): string {
  const text = parts.filter(Boolean).join('-');
  return text.replace(/[\\/:*?"<>|\s]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
}

/** A file in a folder of the engine's machine, whose separator the folder shows. */
export function pathIn(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[\\/]+$/, '')}${separator}${name}`;
}
