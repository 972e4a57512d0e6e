import { writeFile } from 'node:fs/promises';
import { npyHead } from '../../src-main/engine/formats/arrays/npy-head.ts';
import { OutputFile } from '../../src-main/engine/formats/tables/output-file.ts';
import { duckdb } from '../engine/exchange/import/written-files.ts';
import { pathOfPicture } from './filled-library.ts';

export interface VectorFile {
  readonly folder: string;
  readonly rows: number;
  readonly dimensions: number;
}

const rowsPerWrite = 4096;

/** Files of vectors with the paths of pictures, as other tools write them; each resolves to its path. */
export const vectorFiles: Readonly<Record<string, (file: VectorFile) => Promise<string>>> = {
  /** numpy.save, and a list of paths beside it. */
  npy: async ({ folder, rows, dimensions }) => {
    const file = `${folder}/vectors.npy`;
    const output = await OutputFile.create(file);
    await output.append(npyHead("'<f4'", [rows, dimensions]));
    await appendVectors(output, rows, dimensions);
    await output.close();
    await writeFile(`${folder}/vectors_paths.txt`, pathLines(rows));
    return file;
  },
  /** All rows in one row group, as pyarrow writes up to a million. */
  parquet: async ({ folder, rows, dimensions }) => {
    const file = `${folder}/vectors.parquet`;
    const paths = `${folder}/paths.csv`;
    await writeFile(paths, `path\n${pathLines(rows)}`);
    await duckdb(
      'SET preserve_insertion_order = true',
      `COPY (SELECT path, list_transform(range(${dimensions}), lambda x: (random() - 0.5)::FLOAT) AS vector
         FROM read_csv('${paths}', header = true))
       TO '${file}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rows})`,
    );
    return file;
  },
  /** Paths as a tensor of padded UTF-8, as Negatoscope writes them. */
  safetensors: async ({ folder, rows, dimensions }) => {
    const file = `${folder}/vectors.safetensors`;
    const width = 40;
    const vectorBytes = 4 * rows * dimensions;
    const header = Buffer.from(
      JSON.stringify({
        __metadata__: { utf8: 'path' },
        vector: { dtype: 'F32', shape: [rows, dimensions], data_offsets: [0, vectorBytes] },
        path: {
          ...{ dtype: 'U8', shape: [rows, width] },
          data_offsets: [vectorBytes, vectorBytes + rows * width],
        },
      }),
    );
    const output = await OutputFile.create(file);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    await output.append(Buffer.concat([length, header]));
    await appendVectors(output, rows, dimensions);
    for (let first = 0; first < rows; first += rowsPerWrite) {
      const count = Math.min(rowsPerWrite, rows - first);
      const texts = Buffer.alloc(count * width);
      for (let row = 0; row < count; row++) texts.write(pathOfPicture(first + row), row * width);
      await output.append(texts);
    }
    await output.close();
    return file;
  },
};

function pathLines(rows: number): string {
  return Array.from({ length: rows }, (_, row) => `${pathOfPicture(row)}\n`).join('');
}

/** Rows that differ, of lengths other than 1. */
async function appendVectors(output: OutputFile, rows: number, dimensions: number): Promise<void> {
  let state = 1;
  for (let first = 0; first < rows; first += rowsPerWrite) {
    const values = new Float32Array(Math.min(rowsPerWrite, rows - first) * dimensions);
    for (let at = 0; at < values.length; at++) {
      // Numerical Recipes' linear congruential generator: fast, and good enough not to repeat here.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      values[at] = state / 2 ** 32 - 0.5;
    }
    await output.append(new Uint8Array(values.buffer));
  }
}
