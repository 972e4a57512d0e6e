import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportInspection, ImportSource } from '../../../contract/imports.ts';
import type { Library } from '../../store/library-file.ts';
import { findFiles } from './find-files.ts';
import type { FoundFiles } from './find-files.ts';
import type { ImportTable } from '../../formats/tables/import-table.ts';
import { RowMatching } from './row-matching.ts';
import { openPart } from './open-part.ts';
import { openTable } from '../../formats/open-table.ts';
import { RowProblems } from './row-problems.ts';

/** Rows whose names are checked: enough to see whether names fit. An import checks all rows. */
const rowsToCheck = 100_000;
/** The number of files whose rows are counted; opening a text file reads the whole file. */
const filesToCount = 50;

/**
 * Inspects files of embeddings: their columns, which columns an import would use, and how many of the
 * first rows match pictures. `obstacle` says what prevents an import.
 * @throws EngineError not-found, bad-argument for files that cannot be opened
 */
export async function inspectImport(
  library: Library,
  source: ImportSource,
): Promise<ImportInspection> {
  const found = await findFiles(source.files, source.epoch);
  const first = found.vectors[0] ?? { file: source.files[0] ?? '', epoch: null };
  const table = await openTable(first.file, source.format);
  const files = await countRows(found, table, source);
  const seen = {
    format: table.format,
    files,
    columns: [...table.columns],
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    negatives: found.negatives.length,
  };
  await table.close();
  try {
    return { ...seen, ...(await tryMatching(library, found, source)), obstacle: null };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { ...seen, ...nothingMatched(found, source), obstacle: error.message };
  }
}

type Matched = Pick<
  ImportInspection,
  'dimensions' | 'mapping' | 'pathColumns' | 'checkedRows' | 'matching'
>;

async function tryMatching(
  library: Library,
  { vectors, pattern }: FoundFiles,
  source: ImportSource,
): Promise<Matched> {
  const part = await openPart(vectors[0] ?? { file: '', epoch: null }, source);
  try {
    const matching = new RowMatching(library, new RowProblems());
    await matching.match(part, () => setImmediate(), rowsToCheck);
    return {
      dimensions: part.vectors.length,
      mapping: { ...part.mapping, epoch: pattern ?? part.mapping.epoch },
      pathColumns: part.names === part.table ? [] : [...part.names.columns],
      checkedRows: Math.min(part.table.rows, rowsToCheck),
      matching: matching.report(),
    };
  } finally {
    await part.close();
  }
}

function nothingMatched({ pattern }: FoundFiles, source: ImportSource): Matched {
  const { vectors = null, hashes = null, paths = null, epoch = null } = source;
  const mapping = { vectors, hashes, paths, epoch: pattern ?? epoch };
  return { dimensions: null, mapping, pathColumns: [], checkedRows: 0, matching: null };
}

/** Counts the rows of the first files; each further file is assumed to be as long as the first. */
async function countRows(
  { vectors }: FoundFiles,
  first: ImportTable,
  { format }: ImportSource,
): Promise<ImportInspection['files']> {
  const files: ImportInspection['files'] = [];
  for (const { file, epoch } of vectors) {
    let { rows } = first;
    if (files.length > 0 && files.length < filesToCount) {
      const table = await openTable(file, format);
      ({ rows } = table);
      await table.close();
    }
    files.push({ path: file, name: basename(file), rows, epoch });
  }
  return files;
}
