import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { parquetMutations } from '../mutations/parquet-mutations.ts';
import { duckdb } from '../../engine/exchange/import/written-files.ts';
import { changedSample, sampleOf } from './one-file.ts';
import type { Sample } from './one-file.ts';
import { readTable } from './read-table.ts';
import { exportedSample, sampleLibrary, samplePaths } from './table-samples.ts';

const columns: readonly string[] = [
  'path, [row, 1.5, NULL, 3]::FLOAT[] AS vector, row AS epoch',
  'path, row::DOUBLE AS d_0, row::INTEGER AS d_1, row::BIGINT AS d_2, row::FLOAT AS d_3',
  'path, [row, 2]::DOUBLE[2] AS vector, md5(path)::BLOB AS note, row::DECIMAL(9, 2) AS price',
  "path, [1, 2]::TINYINT[] AS vector, TIMESTAMP '2026-01-01' AS time, {'a': row} AS pair",
];
const ways = ['', ', COMPRESSION zstd', ', COMPRESSION gzip', ', PARQUET_VERSION v2'];

export const parquetFormat: FuzzFormat = {
  name: 'parquet',
  title: 'Parquet',
  async open(scratch) {
    const library = sampleLibrary(scratch);
    const samples = [await exportedSample(scratch, 'parquet'), ...(await theirSamples(scratch))];
    const mutations = { ...byteMutations, ...parquetMutations };
    return {
      make: (random) => changedSample(samples, mutations, random),
      read: (folder, { path }) => readTable(library, join(folder, path)),
    };
  },
};

/** As DuckDB writes them. */
async function theirSamples(scratch: string): Promise<Sample[]> {
  mkdirSync(join(scratch, 'theirs'));
  const rows = samplePaths.map((path, row) => `('${path}', ${row})`).join(', ');
  const names = columns.flatMap((_, at) => ways.map((_way, way) => `theirs/${at}-${way}.parquet`));
  const statements = names.map((name, index) => {
    const own = columns[Math.floor(index / ways.length)] ?? '';
    const query = `SELECT ${own} FROM (VALUES ${rows}) AS t(path, row)`;
    const way = ways[index % ways.length] ?? '';
    return `COPY (${query}) TO '${join(scratch, name)}' (FORMAT parquet${way})`;
  });
  await duckdb(...statements);
  return names.map((name) => ({ ...sampleOf(scratch, name), path: 'theirs.parquet' }));
}
