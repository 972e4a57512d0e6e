import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type {
  ImportTable,
  VectorRows,
} from '../../../../src-main/engine/formats/tables/import-table.ts';
import { openTable } from '../../../../src-main/engine/formats/open-table.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import {
  duckdb,
  floatsNpy,
  jsonLines,
  npyBytes,
  someVectors,
  textsNpy,
  writeNpz,
  writeSafetensors,
} from './written-files.ts';

const dimensions = 24;
const paths = Array.from({ length: 300 }, (_, row) => `müsli/${row}.png`);
const vectors = someVectors(paths.length, dimensions);

async function vectorsOf(table: ImportTable, column: string): Promise<number[]> {
  const values: number[] = [];
  for await (const block of table.vectors(column)) values.push(...block.vectors);
  return values;
}

async function textsOf(table: ImportTable, column: string): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for await (const block of table.texts(column)) texts.push(...block);
  return texts;
}

async function withTable<T>(file: string, look: (table: ImportTable) => Promise<T>): Promise<T> {
  const table = await openTable(file);
  try {
    return await look(table);
  } finally {
    await table.close();
  }
}

async function expectAll(file: string, vectorColumn: string, pathColumn: string): Promise<void> {
  await withTable(file, async (table) => {
    expect(table.rows).toBe(paths.length);
    expect(table.columns).toContainEqual(
      expect.objectContaining({ name: vectorColumn, kind: 'vector', length: dimensions }),
    );
    expect(await vectorsOf(table, vectorColumn)).toEqual([...vectors]);
    expect(await textsOf(table, pathColumn)).toEqual(paths);
  });
}

describe('Parquet of DuckDB', () => {
  const source = (folder: string): string => {
    const file = join(folder, 'rows.jsonl');
    writeFileSync(file, jsonLines(paths, vectors, dimensions));
    return `read_json('${file}', columns = {path: 'VARCHAR', vector: 'FLOAT[]'})`;
  };

  test.each([
    ['lists in one row group', 'path, vector', 'COMPRESSION zstd'],
    ['fixed-size lists', `path, vector::FLOAT[${dimensions}] AS vector`, 'COMPRESSION snappy'],
    ['gzip', 'path, vector', 'COMPRESSION gzip'],
    ['brotli', 'path, vector', 'COMPRESSION brotli'],
    ['LZ4', 'path, vector', 'COMPRESSION lz4_raw'],
    ['doubles of pages of version 2', 'path, vector::DOUBLE[] AS vector', 'PARQUET_VERSION v2'],
  ])('%s', async (_, columns, options) => {
    const folder = temporaryFolder();
    const file = join(folder, 'out.parquet');
    const query = `SELECT ${columns} FROM ${source(folder)}`;
    await duckdb(`COPY (${query}) TO '${file}' (FORMAT parquet, ${options})`);
    await expectAll(file, 'vector', 'path');
  });

  test('many number columns, joined by their numbers', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'out.parquet');
    const parts = Array.from(
      { length: dimensions },
      (_, index) => `vector[${index + 1}] AS dim_${index}`,
    );
    const query = `SELECT path, ${parts.join(', ')} FROM ${source(folder)}`;
    await duckdb(`COPY (${query}) TO '${file}' (FORMAT parquet)`);
    await expectAll(file, 'dim_*', 'path');
  });

  test('rows over several pages and row groups', async () => {
    const file = join(temporaryFolder(), 'out.parquet');
    const rows = 40_000;
    const query = `SELECT range AS id, [range, -range, 0.5]::FLOAT[] AS vector FROM range(${rows})`;
    await duckdb(`COPY (${query}) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 15000)`);
    await withTable(file, async (table) => {
      const values = await vectorsOf(table, 'vector');
      expect(values).toHaveLength(3 * rows);
      expect(values.slice(3 * 39_999)).toEqual([39_999, -39_999, 0.5]);
      expect((await textsOf(table, 'id'))[39_999]).toBe('39999');
    });
  });

  test('lists that are null, empty, longer, or have nulls inside', async () => {
    const file = join(temporaryFolder(), 'out.parquet');
    const lists = `(VALUES ([1, 2]), (NULL), ([]), ([3, NULL]), ([4, 5, 6]), ([7, 8])) AS rows(v)`;
    await duckdb(`COPY (SELECT v::FLOAT[] AS v FROM ${lists}) TO '${file}' (FORMAT parquet)`);
    await withTable(file, async (table) => {
      const blocks: VectorRows[] = [];
      for await (const rows of table.vectors('v')) blocks.push(rows);
      const [block] = blocks;
      expect([...block!.lengths!]).toEqual([2, 0, 0, 2, 3, 2]);
      expect([...block!.vectors.subarray(0, 2)]).toEqual([1, 2]);
      expect([...block!.vectors.subarray(6, 8)]).toEqual([3, NaN]);
      expect([...block!.vectors.subarray(8)]).toEqual([NaN, NaN, 7, 8]);
    });
  });

  test('is refused when it is cut off', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'out.parquet');
    await duckdb(`COPY (SELECT * FROM ${source(folder)}) TO '${file}' (FORMAT parquet)`);
    writeFileSync(file, readFileSync(file).subarray(0, 5000));
    await expect(openTable(file)).rejects.toThrow('out.parquet is not a whole Parquet file');
  });
});

describe('arrays of NumPy', () => {
  test('.npy of float32, float16 and big-endian float64', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'h.npy');
    writeFileSync(file, floatsNpy(vectors, dimensions));
    await withTable(file, async (table) => {
      expect(await vectorsOf(table, 'array')).toEqual([...vectors]);
    });
    const halves = new DataView(new ArrayBuffer(8));
    [1.5, -2, 0.25, 4].forEach((value, index) => halves.setFloat16(2 * index, value, true));
    writeFileSync(file, npyBytes('<f2', [2, 2], new Uint8Array(halves.buffer)));
    await withTable(file, async (table) => {
      expect(await vectorsOf(table, 'array')).toEqual([1.5, -2, 0.25, 4]);
    });
    const doubles = new DataView(new ArrayBuffer(16));
    [1.5, -2].forEach((value, index) => doubles.setFloat64(8 * index, value, false));
    writeFileSync(file, npyBytes('>f8', [1, 2], new Uint8Array(doubles.buffer)));
    await withTable(file, async (table) => {
      expect(await vectorsOf(table, 'array')).toEqual([1.5, -2]);
    });
  });

  test.each([0, 6] as const)('.npz, compressed at level %i', async (level) => {
    const file = join(temporaryFolder(), 'epoch.npz');
    writeNpz(file, { vectors: floatsNpy(vectors, dimensions), paths: textsNpy(paths) }, level);
    await expectAll(file, 'vectors', 'paths');
  });

  test('are refused when they are pickled, structured, stored by column or cut off', async () => {
    const file = join(temporaryFolder(), 'h.npy');
    const open = (bytes: Uint8Array): Promise<ImportTable> => {
      writeFileSync(file, bytes);
      return openTable(file);
    };
    const whole = floatsNpy(vectors, dimensions);
    await expect(open(npyBytes('|O', [3], new Uint8Array(9)))).rejects.toThrow(
      'h.npy holds pickled Python objects, which are never read, because reading them can run code',
    );
    const byColumn = Buffer.from(
      whole.toString('latin1').replace("'fortran_order': False", "'fortran_order': True "),
      'latin1',
    );
    await expect(open(byColumn)).rejects.toThrow('numpy.ascontiguousarray');
    await expect(open(npyBytes('<c8', [1], new Uint8Array(8)))).rejects.toThrow('of type <c8');
    await expect(open(whole.subarray(0, -1))).rejects.toThrow('h.npy is cut off');
    await expect(open(whole.subarray(0, 40))).rejects.toThrow('header is cut off');
    await expect(open(Buffer.from('\x80\x04\x95pickle', 'latin1'))).rejects.toThrow('pickled');
    writeFileSync(file, 'PK\x03\x04 not a whole archive');
    await expect(openTable(file)).rejects.toThrow('not a whole .npz archive');
  });
});

test('safetensors, with paths in the metadata', async () => {
  const file = join(temporaryFolder(), 'h.safetensors');
  writeSafetensors(file, vectors, dimensions, { paths: JSON.stringify(paths), note: '[unread' });
  await expectAll(file, 'embeddings', 'paths');
  writeFileSync(file, readFileSync(file).subarray(0, -4));
  await expect(openTable(file)).rejects.toThrow('h.safetensors is cut off');
  writeFileSync(file, Buffer.alloc(64, 7));
  await expect(openTable(file)).rejects.toThrow('not a safetensors file');
});

describe('text', () => {
  test('JSON Lines, and where they break off', async () => {
    const file = join(temporaryFolder(), 'h.jsonl');
    writeFileSync(file, jsonLines(paths, vectors, dimensions));
    await expectAll(file, 'vector', 'path');
    appendFileSync(file, '{"path":');
    await expect(openTable(file)).rejects.toThrow('line 301 of h.jsonl');
  });

  test('CSV with a list in one column, or numbered columns and semicolons', async () => {
    const file = join(temporaryFolder(), 'h.csv');
    const rowOf = (row: number): number[] => [
      ...vectors.subarray(row * dimensions, (row + 1) * dimensions),
    ];
    const lists = paths.map((path, row) => `${path},"[${rowOf(row).join(', ')}]"\n`);
    writeFileSync(file, `path,vector\n${lists.join('')}`);
    await expectAll(file, 'vector', 'path');
    const heads = Array.from({ length: dimensions }, (_, index) => `v${index}`);
    const numbers = paths.map((path, row) => `${path};${rowOf(row).join(';')}\n`);
    writeFileSync(file, `path;${heads.join(';')}\n${numbers.join('')}`);
    await expectAll(file, 'v*', 'path');
    appendFileSync(file, 'one more;1;2\n');
    await expect(openTable(file)).rejects.toThrow('h.csv is not a whole table');
  });

  test('lists of paths as text and JSON', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'paths.txt'), `\uFEFF${paths.join('\r\n')}\r\n`);
    writeFileSync(join(folder, 'paths.json'), JSON.stringify(paths));
    for (const name of ['paths.txt', 'paths.json']) {
      await withTable(join(folder, name), async (table) => {
        expect(await textsOf(table, 'line')).toEqual(paths);
      });
    }
  });
});

test('a file of no known format is refused with those that are', async () => {
  const file = join(temporaryFolder(), 'weights.pt');
  writeFileSync(file, 'torch');
  await expect(openTable(file)).rejects.toThrow(
    'its ending is that of no known format. Write Parquet',
  );
  await expect(openTable(`${file}h`)).rejects.toThrow('There is no file');
});
