import { setImmediate } from 'node:timers/promises';
import { importInput } from '../../../src-main/contract/imports.ts';
import type { ImportFormat } from '../../../src-main/contract/imports.ts';
import { inspectImport } from '../../../src-main/engine/exchange/import/inspect-import.ts';
import { runImportJob } from '../../../src-main/engine/exchange/import/import-job.ts';
import { openTable } from '../../../src-main/engine/formats/open-table.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { testContext } from '../../engine/training/job-contexts.ts';

/**
 * Reads a file of vectors as everything does that reads one: each column by itself, the window before an
 * import, and a whole import that saves nothing.
 * @throws EngineError where one of them refuses it
 */
export async function readTable(library: Library, file: string): Promise<void> {
  await readColumns(file);
  const inspected = await inspectImport(library, { files: [file] });
  if (inspected.obstacle === '') throw new Error('The obstacle is no sentence.');
  const context = {
    ...testContext({ library, job: 1 }),
    yieldToEvents: () => setImmediate(),
  };
  await runImportJob(context, importInput.parse({ files: [file], dryRun: true }));
}

const isBinary = new Set<ImportFormat>(['npy', 'npz', 'safetensors', 'parquet']);

async function readColumns(file: string): Promise<void> {
  const table = await openTable(file);
  try {
    // A file of text is read from its beginning for each column.
    const most = isBinary.has(table.format) ? 64 : 2;
    for (const { name, kind, length } of table.columns.slice(0, most)) {
      if (kind === 'vector') await readAll(table.vectors(name));
      if (kind === 'text' || kind === 'number') await readAll(table.texts(name));
      if (length !== null && length < 0) throw new Error('A vector has a negative length.');
    }
  } finally {
    await table.close();
  }
}

async function readAll(blocks: AsyncIterable<unknown>): Promise<void> {
  const reading = blocks[Symbol.asyncIterator]();
  while ((await reading.next()).done !== true);
}
