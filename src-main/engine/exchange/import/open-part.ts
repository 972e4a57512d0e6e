import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportColumn, ImportMapping, ImportSource } from '../../../contract/imports.ts';
import {
  chooseEpoch,
  chooseNames,
  chooseVectors,
  listOf,
} from '../../formats/tables/choose-columns.ts';
import { findPathsFile, isPattern } from './find-files.ts';
import type { VectorFile } from './find-files.ts';
import type { ImportTable } from '../../formats/tables/import-table.ts';
import { openTable } from '../../formats/open-table.ts';

/** One open file of vectors, with the columns that identify the pictures and epochs of its rows. */
export interface OpenPart {
  readonly table: ImportTable;
  readonly vectors: ImportColumn;
  /** The table that holds the names: the file of vectors itself, or a list of paths beside it. */
  readonly names: ImportTable;
  readonly hashes: string | null;
  readonly paths: string | null;
  /** The epoch of all rows, where the file's name contains it; else null. */
  readonly epoch: number | null;
  readonly epochColumn: string | null;
  readonly mapping: ImportMapping;
  close(): Promise<void>;
}

/**
 * Opens a file of vectors and finds out how to read it.
 * @throws EngineError not-found, bad-argument in a sentence that says what is missing
 */
export async function openPart(
  { file, epoch }: VectorFile,
  source: ImportSource,
): Promise<OpenPart> {
  const table = await openTable(file, source.format);
  try {
    const name = basename(file);
    const vectors = chooseVectors(table.columns, source.vectors, name);
    const names = await openNames(table, source);
    const epochColumn = epochColumnOf(table, { file, epoch }, source);
    const paths = names.table === table ? names.paths : names.table.file;
    return {
      ...{ table, vectors, epoch, epochColumn },
      names: names.table,
      hashes: names.hashes,
      paths: names.paths,
      mapping: {
        vectors: vectors.name,
        hashes: names.hashes,
        paths,
        epoch: epoch === null ? epochColumn : (source.epoch ?? null),
      },
      close: async () => {
        await table.close();
        if (names.table !== table) await names.table.close();
      },
    };
  } catch (error) {
    await table.close();
    throw error;
  }
}

function epochColumnOf(
  table: ImportTable,
  { file, epoch }: VectorFile,
  { epoch: wanted }: ImportSource,
): string | null {
  if (epoch !== null || (wanted !== undefined && isPattern(wanted))) return null;
  return chooseEpoch(table.columns, wanted, basename(file));
}

interface Names {
  readonly table: ImportTable;
  readonly hashes: string | null;
  readonly paths: string | null;
}

async function openNames(table: ImportTable, source: ImportSource): Promise<Names> {
  const { hashes, paths } = source;
  const name = basename(table.file);
  const isColumn = table.columns.some((column) => column.name === paths);
  if (paths !== undefined && !isColumn && existsSync(paths)) {
    return openPathsFile(paths, table, hashes);
  }
  const own = chooseNames(table.columns, { hashes, paths }, name);
  if (own.hashes !== null || own.paths !== null) return { table, ...own };
  const beside = await findPathsFile(table.file);
  if (beside !== null) return openPathsFile(beside, table, hashes);
  throw new EngineError(
    'bad-argument',
    `Nothing in ${name} says which pictures its vectors are of. ${listOf(table.columns)} Name a column of paths or content hashes, or a file with one path per vector.`,
  );
}

async function openPathsFile(
  file: string,
  vectors: ImportTable,
  wanted: string | undefined,
): Promise<Names> {
  const table = await openTable(file);
  try {
    const name = basename(file);
    const hashes = table.columns.some((column) => column.name === wanted) ? wanted : undefined;
    const chosen = chooseNames(table.columns, { hashes }, name);
    if (chosen.hashes === null && chosen.paths === null) {
      const why = `${name} has no column of paths or content hashes. ${listOf(table.columns)}`;
      throw new EngineError('bad-argument', why);
    }
    if (table.rows !== vectors.rows) {
      throw new EngineError(
        'bad-argument',
        `${basename(vectors.file)} holds ${vectors.rows} vectors and ${name} ${table.rows} names: they must be as many, in the same order.`,
      );
    }
    return { table, ...chosen };
  } catch (error) {
    await table.close();
    throw error;
  }
}
