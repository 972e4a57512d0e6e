import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { twoTowers } from '../engine/text-search/two-towers.ts';
import { parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope search '));
  await cli('scan', emojiFolder);
  await cli('embed', '--encoder', twoTowers(home), '--device', 'cpu');
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, ['--library', join(home, 'emoji.sqlite'), ...args]);
}

it('lists the pictures most like a text, and says what of it was cut', async () => {
  const args = ['search', '--run', 'colour-clip', '-k', '3', '--text'];
  const found = parsed(await cli(...args, 'a red picture', '--json'));
  const { pictures, cut } = found as {
    pictures: { path: string; similarity: number }[];
    cut: null;
  };
  expect(cut).toBeNull();
  expect(pictures).toHaveLength(3);
  const { stdout } = await cli(...args, 'red '.repeat(9));
  expect(stdout).toContain(pictures[0]!.path);
  expect(stdout).toContain('Only the first 6 of 9 tokens were read.');
});
