import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunSummary, TrainResult } from '../../src-main/contract/runs.ts';
import { seedGroups } from '../../src-main/contract/seed-groups.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import { listRuns, runSummaryOf } from '../../src-main/engine/store/runs.ts';
import { leaveOutOfTraining } from '../../src-main/engine/store/left-out.ts';
import { presentSamples } from '../../src-main/engine/store/samples.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;
let file: string;

const quick = ['--encoder', 'head', '--on', 'pixels', '--views', '2', '--epochs', '1'];
const knobs = [...quick, '--batch', '32', '--device', 'cpu', '--ledger-size', '0'];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope seeds '));
  file = join(home, 'emoji.sqlite');
  expect(await cli('scan', emojiFolder)).toMatchObject({ code: 0 });
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, ['--library', file, ...args, '--json']);
}

function runs(): RunSummary[] {
  const library = openLibrary(file, { mode: 'read', now: () => 0 });
  try {
    return listRuns(library).map((run) => runSummaryOf(library, run));
  } finally {
    library.close();
  }
}

async function trained(...args: string[]): Promise<string[]> {
  const result = parsed(await cli('train', ...args)) as { readonly runs: readonly TrainResult[] };
  const named = new Map(runs().map(({ run, name }) => [run, name]));
  return result.runs.map(({ run }) => named.get(run) ?? '');
}

it('trains one run a seed, which form a group, and goes on where the series was left', async () => {
  const names = ['small-s4', 'small-s5'];
  const series = ['--name', 'small', '--seed', '4', ...knobs];
  expect(await trained('--seeds', '2', ...series)).toEqual(names);
  // What is done is not done again: only the third is new.
  expect(await trained('--seeds', '3', ...series)).toEqual([...names, 'small-s6']);
  const [group, ...others] = seedGroups(runs());
  expect(others).toEqual([]);
  expect(group).toMatchObject({ name: 'small' });
  expect(group!.runs.map(({ settings }) => settings['seed'])).toEqual([4, 5, 6]);
  const listed = parsed(await cli('runs')) as { name: string; seeds: unknown }[];
  expect(listed.map(({ seeds }) => seeds)).toEqual(
    Array.from({ length: 3 }, () => ({ group: 'small', runs: 3 })),
  );
}, 120_000);

it('keeps the pictures of the first seed for all, and finds names of its own', async () => {
  const series = ['--seed', '1', ...knobs, '--temperature', '0.3'];
  expect(await trained('--seeds', '2', ...series)).toEqual(['simclr head-s1', 'simclr head-s2']);
  const library = openLibrary(file, { mode: 'write', now: () => 0 });
  leaveOutOfTraining(library, presentSamples(library).hashes.slice(0, 5), true);
  library.close();
  await trained('--seeds', '3', ...series);
  const group = seedGroups(runs()).find(({ name }) => name === 'simclr head')!;
  // All seeds are on the 96 pictures of the first; a training begun now is not.
  expect(group.runs.map(({ settings }) => settings['seed'])).toEqual([1, 2, 3]);
  parsed(await cli('train', '--name', 'later', ...series, '--seed', '8'));
  const later = runs().find(({ name }) => name === 'later')!;
  expect(later.settings['pictures']).toBe(91);
  expect(seedGroups(runs()).find(({ name }) => name === 'later')!.runs).toHaveLength(1);
}, 120_000);

it('refuses a number of seeds that is none', async () => {
  const result = await cli('train', '--seeds', '0', ...knobs);
  expect(JSON.stringify(jsonError(result))).toMatch(/--seeds takes a whole number from 1/);
});
