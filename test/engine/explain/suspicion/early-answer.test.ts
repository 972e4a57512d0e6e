import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillLibrary } from '../../../bench/filled-library.ts';
import { openTestEngine } from '../../../contract/engine-shells.ts';
import type { TestEngine } from '../../../contract/engine-shells.ts';

const folder = mkdtempSync(join(tmpdir(), 'negatoscope-test-'));
let opened: TestEngine;
let hashes: string[];

beforeAll(async () => {
  const file = join(folder, 'many.sqlite');
  fillLibrary(file, 5000, 16);
  opened = await openTestEngine();
  await opened.engine.call('library.open', { file });
  ({ hashes } = await opened.engine.call('library.samples', {}));
});

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

interface Change {
  readonly suspectFrom?: number;
  readonly temperature?: number;
  readonly awaitCalibration?: boolean;
}

const explain = (change: Change = {}) =>
  opened.engine.call('anchor.negatives', { run: 1, anchor: hashes[0]!, ...change });

test('an answer that does not wait says so, suspects nothing, and is else the whole answer', async () => {
  const early = await explain({ awaitCalibration: false });
  expect(early.posteriorBasis).toMatchObject({ kind: 'pending', knownPairs: 0, brier: null });
  expect(early.posterior.every(Number.isNaN)).toBe(true);
  expect(early.evidence.some((bits) => (bits & 16) !== 0)).toBe(false);
  expect(early.binCounts.suspected).toBe(0);
  const whole = await explain();
  for (const column of ['ids', 'similarity', 'percentile', 'weight', 'share', 'zone'] as const) {
    expect(early[column]).toEqual(whole[column]);
  }
  // Every picture has a label, so that suspicion decides on no bin.
  expect([early.bin, early.loss]).toEqual([whole.bin, whole.loss]);
  expect(await explain({ awaitCalibration: false })).toEqual(whole);
});

test('once the pairs are counted no answer is early, whatever knob is turned or label changes', async () => {
  await explain();
  const turned = { temperature: 0.2, suspectFrom: 0.1 };
  const kinds = async (change: Change): Promise<string> =>
    (await explain({ ...change, awaitCalibration: false })).posteriorBasis.kind;
  expect(await kinds(turned)).toBe('calibrated');
  const pair: [string, string] = [hashes[1]!, hashes[2]!];
  await opened.engine.call('verdicts.set', { pair, verdict: 'different' });
  expect(await kinds({})).toBe('calibrated');
  await opened.engine.call('verdicts.remove', { pair });
});
