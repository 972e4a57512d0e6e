import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { QueuedPair } from '../../src-main/contract/verdict-queue.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope-review-'));
  const file = join(home, 'emoji.sqlite');
  expect((await runCli(home, ['--library', file, 'scan', emojiFolder])).code).toBe(0);
  await addRawPixelRun(file, emojiFolder);
});

afterAll(() => rm(home, { recursive: true, force: true }));

const review = (...args: string[]) =>
  runCli(home, ['review', '--run', 'raw pixels', '--limit', '30', ...args]);
const labelOf = ({ path }: QueuedPair['anchor']): string => path!.split('/')[0]!;
const pairsOf = async (...args: string[]): Promise<QueuedPair[]> =>
  (parsed(await review('--json', ...args)) as { readonly pairs: QueuedPair[] }).pairs;
const ofOneLabel = (pairs: readonly QueuedPair[]): number =>
  pairs.filter(({ anchor, candidate }) => labelOf(anchor) === labelOf(candidate)).length;

it('asks no pair of one label, says how many those are, and keeps another choice for the library', async () => {
  expect(ofOneLabel(await pairsOf())).toBe(0);
  expect((await review()).stdout).toMatch(
    /[\d,]+ of [\d,]+ pairs are of one label: taken as the same thing and not asked \(--same-label asked lists them too\)\./,
  );
  expect(ofOneLabel(await pairsOf('--same-label', 'asked'))).toBeGreaterThan(0);
  expect((await review()).stdout).toContain('Pairs of one label are asked like others');
  expect(ofOneLabel(await pairsOf('--same-label', 'settled'))).toBe(0);
});

it('lists pairs of one label with any other, or of two labels, and names a label that is none', async () => {
  const [first] = (await pairsOf()) as [QueuedPair];
  const [one, other] = [labelOf(first.anchor), labelOf(first.candidate)];
  for (const pair of await pairsOf('--label', one)) {
    expect([labelOf(pair.anchor), labelOf(pair.candidate)]).toContain(one);
  }
  const both = await pairsOf('--label', one, other);
  expect(both.length).toBeGreaterThan(0);
  for (const { anchor, candidate } of both) {
    expect([labelOf(anchor), labelOf(candidate)].sort()).toEqual([one, other].sort());
  }
  expect(jsonError(await review('--label', 'nothing such', '--json'))).toMatchObject({
    error: { message: 'No picture of this library has the label "nothing such".' },
  });
});

it('says why runs cannot disagree where there is one', async () => {
  expect((await review('--order', 'disagreement')).stdout).toContain('Runs cannot disagree');
  const errors = await pairsOf('--order', 'label-errors');
  expect(errors.every(({ reason }) => reason.startsWith('The anchor is labelled'))).toBe(true);
});

it('gives no estimate before any pair is judged, and says how many it needs', async () => {
  const { stdout } = await review();
  expect(stdout).toMatch(
    /Estimated false negatives: 0 of the 12 judged pairs that an estimate needs/,
  );
  expect(stdout).toMatch(/push that is false: 0 of the 12 judged pairs .*--order push lists them/);
  expect(stdout).not.toMatch(/100\.0 %/);
});
