import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import { importEndings } from '../../contract/imports.ts';
import type { ImportFormat } from '../../contract/imports.ts';
import { openNpy, openNpz } from './arrays/numpy-tables.ts';
import { openParquet } from './parquet/parquet-table.ts';
import { openSafetensors } from './arrays/safetensors-table.ts';
import { openCsv, openJson, openJsonLines, openText } from './text/text-tables.ts';
import type { ImportTable } from './tables/import-table.ts';

const openers: Readonly<Record<ImportFormat, (file: string) => Promise<ImportTable>>> = {
  parquet: openParquet,
  npy: openNpy,
  npz: openNpz,
  safetensors: openSafetensors,
  csv: openCsv,
  json: openJson,
  jsonl: openJsonLines,
  text: openText,
};

/**
 * Opens a file in the given format, or in the one that its first bytes or its ending indicate.
 * @throws EngineError not-found, bad-argument
 */
export async function openTable(file: string, format?: ImportFormat): Promise<ImportTable> {
  return openers[format ?? (await formatOf(file))](file);
}

/** The format that a file's ending stands for, or null. */
export function formatOfEnding(file: string): ImportFormat | null {
  const ending = extname(file).slice(1).toLowerCase();
  return Object.hasOwn(importEndings, ending) ? (importEndings[ending] ?? null) : null;
}

async function formatOf(file: string): Promise<ImportFormat> {
  const start = await firstBytes(file);
  const ending = formatOfEnding(file);
  if (start.startsWith('PAR1')) return 'parquet';
  if (start.startsWith('\x93NUMPY')) return 'npy';
  if (start.startsWith('PK')) return 'npz';
  // A pickle: of torch.save in old versions, or of pandas.to_pickle.
  if (start.startsWith('\x80') && ending !== 'safetensors') throw unreadable(file, pickled);
  if (ending !== null) return ending;
  throw unreadable(file, 'its ending is that of no known format');
}

const pickled = 'it holds pickled Python objects, which are never read, because that can run code';

async function firstBytes(file: string): Promise<string> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new EngineError('bad-argument', `${file} is not a file.`);
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(8) });
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw fileError(file, cause);
  }
}

/** The file system's error as a sentence about the file; any other error is returned unchanged. */
export function fileError(file: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') {
    return new EngineError('not-found', `There is no file ${file}.`, { cause });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new EngineError('bad-argument', `You have no permission to read ${file}.`, { cause });
  }
  return cause;
}

function unreadable(file: string, why: string): EngineError {
  return new EngineError(
    'bad-argument',
    `${basename(file)} cannot be imported: ${why}. Write Parquet, .npy, .npz, safetensors, CSV or JSON Lines.`,
  );
}
