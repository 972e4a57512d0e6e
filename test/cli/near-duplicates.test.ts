import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;
let file: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope near '));
  file = join(home, 'emoji.sqlite');
  await cli('scan', emojiFolder, '--json');
  await addRawPixelRun(file, emojiFolder);
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, ['--library', file, ...args]);
}

it('lists pairs and groups, nearest first, within the threshold', async () => {
  const found = parsed(await cli('near-duplicates', '--run', '1', '--threshold', '0.9', '--json'));
  const { cut, median, pairs, groups } = found as {
    cut: number;
    median: number;
    pairs: { distance: number; pair: { hash: string; path: string }[] }[];
    groups: { path: string }[][];
  };
  expect(cut).toBeCloseTo(0.9 * median, 10);
  const distances = pairs.map(({ distance }) => distance);
  expect(distances.length).toBeGreaterThan(0);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  expect(Math.max(...distances)).toBeLessThanOrEqual(cut);
  const members = groups.flatMap((group) => group.map(({ path }) => path));
  expect(new Set(members)).toEqual(
    new Set(pairs.flatMap(({ pair }) => pair.map(({ path }) => path))),
  );
  const table = (await cli('near-duplicates', '--run', '1', '--threshold', '0.9')).stdout;
  expect(table).toContain(pairs[0]!.pair[0]!.path);
});

it.each([
  [['--run', 'nobody'], /There is no run nobody/],
  [['--run', '1', '--threshold', '2'], /threshold/],
])('refuses %j in a sentence', async (args, sentence) => {
  const result = await cli('near-duplicates', ...args, '--json');
  expect(result.code).not.toBe(0);
  expect(JSON.stringify(jsonError(result))).toMatch(sentence);
});
