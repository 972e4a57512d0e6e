import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { duckRows } from '../engine/exchange/independent-readers.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope export '));
  await cli('scan', emojiFolder);
  await addRawPixelRun(join(home, 'emoji.sqlite'), emojiFolder);
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, [...args, '--library', join(home, 'emoji.sqlite'), '--json']);
}

it('writes a relative path in the format of its ending, and says what it wrote', async () => {
  const result = await cli(
    'export',
    '--run',
    'raw pixels',
    '--what',
    'embeddings',
    '--out',
    'e.parquet',
  );
  expect(parsed(result)).toMatchObject({
    files: [{ path: join(home, 'e.parquet') }],
    rows: 96,
    columns: ['hash', 'path', 'label', 'vector'],
  });
  const rows = await duckRows(`SELECT len(vector) AS length FROM '${join(home, 'e.parquet')}'`);
  expect(rows).toHaveLength(96);
  expect(result.stderr).toMatch(/"kind":"export"/);
});

it('replaces a file only with --force', async () => {
  const args = ['export', '--what', 'runs', '--format', 'csv', '--out', 'runs.txt'];
  expect((await cli(...args)).code).toBe(0);
  const again = await cli(...args);
  expect(again.code).toBe(1);
  expect(jsonError(again)).toMatchObject({ error: { code: 'file-exists' } });
  expect((await cli(...args, '--force', '--columns', 'run,name')).code).toBe(0);
  expect(await readFile(join(home, 'runs.txt'), 'utf8')).toBe('run,name\n1,raw pixels\n');
});

it('writes a folder for TensorBoard’s projector, seen from a picture named by its path', async () => {
  const anchor = (await readdir(emojiFolder, { recursive: true })).find((name) =>
    name.endsWith('.png'),
  );
  const args = ['--run', 'raw pixels', '--what', 'projector', '--out', 'viewer'];
  const result = await cli('export', ...args, '--anchor', join(emojiFolder, anchor ?? ''));
  expect(parsed(result)).toMatchObject({ pictures: 96, tile: 64, remarks: [] });
  const metadata = await readFile(join(home, 'viewer', 'metadata.tsv'), 'utf8');
  expect(metadata.split('\n')[0]).toBe('hash\tpath\tlabel\tsimilarity\trank\tbin');
  expect(metadata.split('\tanchor\n')).toHaveLength(2);
});

it.each([
  [['--what', 'runs', '--out', 'runs.xls'], /does not say in which format: give --format, one of/],
  [['--what', 'bins', '--out', 'b.csv'], /Name the run/],
  [['--what', 'map', '--run', '1', '--out', 'm.csv'], /has no map yet/],
  [['--what', 'atlas', '--run', '1', '--out', 'a.parquet'], /has no map yet/],
  [['--what', 'projector', '--out', 'folder'], /Name the run/],
  [['--what', 'ledger', '--run', '1', '--out', 'l.csv'], /has no ledger/],
  [['--what', 'embeddings', '--run', '1', '--space', 'z', '--out', 'z.csv'], /no projected z/],
])('refuses %j in a sentence', async (args, sentence) => {
  const result = await cli('export', ...args);
  expect(result.code).not.toBe(0);
  expect(JSON.stringify(jsonError(result))).toMatch(sentence);
});
