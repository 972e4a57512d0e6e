import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { duckdb, jsonLines } from '../engine/exchange/import/written-files.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { readEmbeddings } from '../../src-main/engine/store/embeddings.ts';
import { findRun } from '../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../src-main/engine/store/samples.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;
let file: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope import '));
  file = join(home, 'emoji.sqlite');
  await cli('scan', emojiFolder);
  expect(await cli('embed', '--encoder', 'pixels')).toMatchObject({ code: 0 });
  await writeParquet(join(home, 'cluster.parquet'));
}, 60_000);

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, ['--library', file, ...args, '--json']);
}

/** The vectors of raw pixels, twice as long, as another tool would have written them. */
async function writeParquet(parquet: string): Promise<void> {
  const library = openLibrary(file, { mode: 'read', now: Date.now });
  const { ids, paths } = presentSamples(library);
  const weightsHash = findRun(library, 'pixels').weightsHash ?? '';
  const { vectors, dimensions } = readEmbeddings(library, weightsHash, 'h', ids);
  library.close();
  const longer = vectors.map((value) => 2 * value);
  const lines = join(home, 'rows.jsonl');
  const remote = paths.map((path) => `/cluster/data/${path}`);
  await writeFile(lines, jsonLines([...remote], longer, dimensions));
  const columns = "{path: 'VARCHAR', vector: 'FLOAT[]'}";
  await duckdb(
    `COPY (SELECT * FROM read_json('${lines}', columns = ${columns})) TO '${parquet}' (FORMAT parquet)`,
  );
}

it('makes a run that neighbours, negatives, map, evaluation and comparison work on', async () => {
  const dry = parsed(await cli('import', 'cluster.parquet', '--dry-run'));
  expect(dry).toMatchObject({ run: null, matching: { rows: 96, matched: { path: 96 } } });
  const result = await cli('import', 'cluster.parquet', '--name', 'theirs', '--report', 'r.json');
  expect(result).toMatchObject({ code: 0 });
  expect(parsed(result)).toMatchObject({ name: 'theirs', vectors: 96, dimensions: 768 });
  const anchor = ['--anchor', presentPath()];
  const [own, theirs] = await Promise.all(
    ['pixels', 'theirs'].map(async (run) =>
      parsed(await cli('neighbours', '--run', run, ...anchor)),
    ),
  );
  const pathsOf = (answer: unknown): unknown[] =>
    (answer as { neighbours: { path: string }[] }).neighbours.map(({ path }) => path);
  expect(pathsOf(theirs)).toEqual(pathsOf(own));
  for (const command of ['negatives', 'map', 'evaluate']) {
    const args = command === 'negatives' ? anchor : [];
    expect(await cli(command, '--run', 'theirs', ...args)).toMatchObject({ code: 0 });
  }
  expect(parsed(await cli('compare', '--runs', 'pixels,theirs', '--k', '5'))).toMatchObject({
    pictures: 96,
    neighbourOverlap: { mean: 1 },
  });
}, 60_000);

it('refuses what needs an encoder, a name that is taken, and a file that is not there', async () => {
  await cli('import', 'cluster.parquet', '--name', 'vectors');
  expect(jsonError(await cli('embed', '--encoder', 'vectors'))).toMatchObject({
    error: {
      code: 'unsupported-operation',
      message: expect.stringContaining('its encoder is not here') as string,
    },
  });
  expect(jsonError(await cli('import', 'cluster.parquet', '--name', 'vectors'))).toMatchObject({
    error: { message: expect.stringContaining('a run named "vectors" already') as string },
  });
  expect(jsonError(await cli('import', 'gone.npy'))).toMatchObject({
    error: { code: 'not-found' },
  });
  expect(
    jsonError(await cli('ledger', '--run', 'vectors', '--anchor', presentPath())),
  ).toMatchObject({
    error: { message: expect.stringContaining('without recorded negatives') as string },
  });
});

it('refuses what leaves nothing, and gaps unless they are allowed', async () => {
  const runs = parsed(await cli('runs'));
  await writeFile(join(home, 'nan.csv'), `path,d0,d1\n${presentPath()},nan,1\n`);
  const nothing = await cli('import', 'nan.csv');
  expect(nothing.code).toBe(1);
  expect(jsonError(nothing)).toMatchObject({
    error: { message: expect.stringContaining('d0 is “nan”') as string },
  });
  await writeFile(join(home, 'gap.csv'), `path,d0,d1,d3\n${presentPath()},1,2,3\n`);
  const gap = await cli('import', 'gap.csv');
  expect(gap.code).toBe(2);
  expect(jsonError(gap)).toMatchObject({
    error: { message: expect.stringContaining('gap.csv has no column d2') as string },
  });
  expect(parsed(await cli('runs'))).toEqual(runs);
  expect(parsed(await cli('import', 'gap.csv', '--allow-gaps'))).toMatchObject({ dimensions: 3 });
}, 60_000);

function presentPath(): string {
  const library = openLibrary(file, { mode: 'read', now: Date.now });
  const [path] = presentSamples(library).paths;
  library.close();
  return path ?? '';
}
