import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportResult } from '../../../../src-main/contract/imports.ts';
import { importInput } from '../../../../src-main/contract/imports.ts';
import { runImportJob } from '../../../../src-main/engine/exchange/import/import-job.ts';
import { listRuns } from '../../../../src-main/engine/store/runs.ts';
import { addSamples, temporaryFolder, temporaryLibrary } from '../../store/temporary-library.ts';
import { testContext } from '../../training/job-contexts.ts';
import {
  duckdb,
  floatsNpy,
  jsonLines,
  someVectors,
  textsNpy,
  writeNpz,
  writeSafetensors,
} from './written-files.ts';

const pictures = ['cat/1.png', 'cat/2.png', 'dog/1.png', 'dog/3.png'];
const dimensions = 8;

async function importFile(file: string, more = {}): Promise<ImportResult> {
  const library = temporaryLibrary();
  addSamples(library, pictures);
  const input = importInput.parse({ files: [file], ...more });
  try {
    return await runImportJob(testContext({ library, job: 1 }), input);
  } catch (error) {
    expect(listRuns(library)).toEqual([]);
    throw error;
  }
}

function problemsOf({ matching }: ImportResult): Record<string, number[]> {
  return Object.fromEntries(
    matching.problems.map(({ problem, examples }) => [problem, examples.map(({ row }) => row)]),
  );
}

async function writeParquet(columns: string, rows: string): Promise<string> {
  const folder = temporaryFolder();
  const file = join(folder, 'theirs.parquet');
  const source = join(folder, 'rows.jsonl');
  writeFileSync(source, rows);
  await duckdb(
    `COPY (SELECT ${columns} FROM read_json('${source}')) TO '${file}' (FORMAT parquet)`,
  );
  return file;
}

describe('vectors that are none', () => {
  const names = [...pictures];
  const vectors = someVectors(pictures.length, dimensions);
  vectors[0] = NaN;
  vectors[dimensions + 3] = Infinity;
  vectors.fill(0, 2 * dimensions, 3 * dimensions);

  const writers: Readonly<Record<string, (folder: string) => Promise<string>>> = {
    npy: (folder) => {
      writeFileSync(join(folder, 'paths.txt'), names.join('\n'));
      writeFileSync(join(folder, 'h.npy'), floatsNpy(vectors, dimensions));
      return Promise.resolve(join(folder, 'h.npy'));
    },
    npz: (folder) => {
      const file = join(folder, 'h.npz');
      writeNpz(file, { h: floatsNpy(vectors, dimensions), paths: textsNpy(names) }, 6);
      return Promise.resolve(file);
    },
    safetensors: (folder) => {
      const file = join(folder, 'h.safetensors');
      writeSafetensors(file, vectors, dimensions, { paths: JSON.stringify(names) });
      return Promise.resolve(file);
    },
    parquet: (folder) => {
      // JSON has no NaN: DuckDB makes it of a text.
      const text = (value: number): string => `'${String(value)}'::FLOAT`;
      const rows = names.map((name, row) => {
        const own = Array.from(vectors.subarray(row * dimensions, (row + 1) * dimensions), text);
        return `('${name}', [${own.join(', ')}])`;
      });
      const file = join(folder, 'h.parquet');
      const query = `SELECT * FROM (VALUES ${rows.join(', ')}) AS t(path, h)`;
      return duckdb(`COPY (${query}) TO '${file}' (FORMAT parquet)`).then(() => file);
    },
  };

  it.each(Object.keys(writers))(
    'are reported by their rows, and the others saved: %s',
    async (format) => {
      const file = (await writers[format]?.(temporaryFolder())) ?? '';
      const result = await importFile(file);
      expect(problemsOf(result)).toEqual({ 'not-finite': [1, 2], zero: [3] });
      expect(result).toMatchObject({ vectors: 1, matching: { picturesWithout: { count: 0 } } });
    },
  );
});

describe('vectors of another length', () => {
  const lines = jsonLines(pictures, someVectors(pictures.length, dimensions), dimensions).split(
    '\n',
  );
  lines[0] = JSON.stringify({ path: pictures[0], vector: [1, 2, 3] });
  const rows = lines.join('\n');

  it('are the odd ones out, even where the first is one', async () => {
    const jsonl = join(temporaryFolder(), 'h.jsonl');
    writeFileSync(jsonl, rows);
    for (const file of [jsonl, await writeParquet('path, vector::FLOAT[] AS vector', rows)]) {
      const result = await importFile(file);
      expect(problemsOf(result)).toEqual({ 'wrong-dimension': [1] });
      expect(result).toMatchObject({ vectors: 3, dimensions });
    }
  });
});

describe('numbered columns of Parquet', () => {
  const row = (path: string, cells: object): string => JSON.stringify({ path, ...cells });
  const rows = [
    row('cat/1.png', { d0: 3, d1: 'NaN', d2: '1,5' }),
    row('cat/2.png', { d0: 3, d1: 4, d2: '2' }),
  ].join('\n');

  it('cost a row for NaN and for null', async () => {
    for (const nothing of ["'NaN'::FLOAT", 'NULL']) {
      const cell = `CASE d1 WHEN 'NaN' THEN ${nothing} ELSE d1::FLOAT END AS d1`;
      const result = await importFile(await writeParquet(`path, d0, ${cell}`, rows));
      expect(problemsOf(result)).toEqual({ 'not-finite': [1] });
      expect(result).toMatchObject({ vectors: 1, dimensions: 2 });
    }
  });

  it('are refused where one is of text or missing, unless that is asked for', async () => {
    const file = await writeParquet('path, d0, d0 AS d1, d2', rows);
    await expect(importFile(file)).rejects.toThrow('d2 of theirs.parquet holds no numbers, but');
    const gap = await writeParquet('path, d0, d0 AS d1, d0 AS d3', rows);
    await expect(importFile(gap)).rejects.toThrow('theirs.parquet has no column d2, although');
    expect(await importFile(gap, { allowGaps: true })).toMatchObject({ dimensions: 3 });
  });
});

describe('a Parquet file without the expected columns', () => {
  const rows = jsonLines(pictures, someVectors(pictures.length, dimensions), dimensions, (row) => ({
    score: row / 2,
    caption: 'a picture',
  }));

  it('lists what it has where there are no vectors', async () => {
    const file = await writeParquet('path, score, caption', rows);
    await expect(importFile(file)).rejects.toThrow(
      'theirs.parquet has no column of vectors. It has path (utf8), score (double), caption (utf8).',
    );
  });

  it('lists what it has where nothing identifies the pictures', async () => {
    const file = await writeParquet('score, vector::FLOAT[] AS vector', rows);
    await expect(importFile(file)).rejects.toThrow(
      /Nothing in theirs\.parquet says .* It has score \(double\), vector \(list of float\)\. Name a column of paths/,
    );
  });

  it('lists what it has where a named column is not there', async () => {
    const file = await writeParquet('path, vector::FLOAT[] AS vector', rows);
    await expect(importFile(file, { vectors: 'embedding' })).rejects.toThrow(
      'theirs.parquet has no column embedding. It has path (utf8), vector (list of float).',
    );
    await expect(importFile(file, { hashes: 'sha256' })).rejects.toThrow(
      'theirs.parquet has no column sha256. It has path (utf8), vector (list of float).',
    );
  });
});
