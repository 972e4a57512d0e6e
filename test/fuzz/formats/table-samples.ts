import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TableFormat } from '../../../src-main/contract/exports.ts';
import { writeTables } from '../../../src-main/engine/exchange/tables/write-table.ts';
import {
  numbers,
  picture,
  texts,
  wholeTable,
} from '../../../src-main/engine/formats/tables/table.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { addSamples } from '../../engine/store/temporary-library.ts';
import { someVectors } from '../../engine/exchange/import/written-files.ts';
import { sampleOf } from './one-file.ts';
import type { Sample } from './one-file.ts';

/** The pictures that samples of tables are about. */
export const samplePaths = ['cat/1.png', 'cat/2.png', 'dog/1.png', 'dog/3.png', 'bird/é 🐦.png'];
export const sampleHashes = samplePaths.map((_, index) =>
  (index + 1).toString(16).padStart(64, '0'),
);
export const sampleDimensions = 6;

/** A library of these pictures, for what reads files with regard to one. */
export function sampleLibrary(scratch: string): Library {
  let time = 1000;
  const file = join(scratch, 'library.sqlite');
  const library = openLibrary(file, { mode: 'write', now: () => time++ });
  addSamples(library, samplePaths);
  return library;
}

/** A file of vectors as our own export writes it, with what it writes beside it. */
export async function exportedSample(scratch: string, format: TableFormat): Promise<Sample> {
  const before = new Set(readdirSync(scratch));
  const path = `exported.${format}`;
  const table = exportedTable();
  await writeTables([{ table, format, file: join(scratch, path) }], {
    overwrite: false,
    onRows: () => Promise.resolve(),
  });
  const others = readdirSync(scratch).filter((name) => !before.has(name) && name !== path);
  const beside = others.map((name) => [name, sampleOf(scratch, name).bytes] as const);
  return { ...sampleOf(scratch, path), beside: Object.fromEntries(beside) };
}

function exportedTable() {
  const count = samplePaths.length;
  const labels = samplePaths.map((path) => path.split('/')[0] ?? '');
  return wholeTable(
    {
      columns: [
        picture('', 'the picture'),
        numbers('vector', 'float32', '', 'its embedding', sampleDimensions),
        numbers('epoch', 'int32', '', 'the epoch'),
        texts('note', labels, 'a note'),
      ],
      pictures: {
        ids: Uint32Array.from(samplePaths, (_, index) => index + 1),
        hashes: sampleHashes,
        paths: samplePaths,
        labels,
        splits: null,
        indexOfId: new Map(samplePaths.map((_, index) => [index + 1, index])),
      },
      matrix: ['vector'],
      source: { run: 'a run', what: 'embeddings' },
    },
    count,
    [
      Int32Array.from(samplePaths.keys()),
      someVectors(count, sampleDimensions),
      new Int32Array(count).fill(3),
      labels,
    ],
  );
}
