import { afterAll, beforeAll, expect, test } from 'vitest';
import { emojiFolder, openTestEngine } from '../../../contract/engine-shells.ts';
import type { TestEngine } from '../../../contract/engine-shells.ts';
import { addRawPixelRun } from '../../../contract/raw-pixel-run.ts';
import { runToState } from '../../../contract/wait-for-job.ts';

let opened: TestEngine;
let run: number;
let hashes: string[];
let labels: Int32Array;

beforeAll(async () => {
  opened = await openTestEngine();
  const { file } = (await opened.engine.call('library.open', { folder: emojiFolder })) as {
    file: string;
  };
  await runToState(opened.engine, 'scan', { folder: emojiFolder });
  run = await addRawPixelRun(file, emojiFolder);
  const samples = await opened.engine.call('library.samples', {});
  ({ hashes } = samples);
  labels = samples.labelIndex;
});

afterAll(() => opened.close());

interface Change {
  readonly batchSeed?: number;
  readonly suspectFrom?: number;
  readonly temperature?: number;
  readonly awaitCalibration?: boolean;
}

const explain = (change: Change = {}) =>
  opened.engine.call('anchor.negatives', { run, anchor: hashes[0]!, ...change });

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

test('with labels, the prior and the number of pairs are those of the labels', async () => {
  const { posteriorBasis, candidates } = await explain();
  const pictures = hashes.length;
  const sizes = [...Map.groupBy(labels, (label) => label).values()].map(({ length }) => length);
  const same = sizes.reduce((sum, size) => sum + size * (size - 1), 0);
  expect(candidates).toBe(pictures - 1);
  expect(posteriorBasis).toMatchObject({
    ...{ kind: 'calibrated', why: '', aucFrom: 'measured', anchors: pictures },
    ...{ knownPairs: pictures * (pictures - 1), samePairs: same },
  });
  expect(posteriorBasis.prior).toBeCloseTo(same / (pictures * (pictures - 1)), 10);
});

test('a pair has the posterior of its rank among all pictures in a batch, too', async () => {
  const whole = await explain();
  const batch = await explain({ batchSeed: 3 });
  for (const [index, id] of batch.ids.entries()) {
    expect(batch.posterior[index]).toBe(whole.posterior[whole.ids.indexOf(id)]);
  }
});

test('suspicion begins at the given posterior, with the precision that it had', async () => {
  const { posteriorBasis, posterior, evidence } = await explain({ suspectFrom: 0.2 });
  expect(posteriorBasis.suspectFrom).toBe(0.2);
  expect([...evidence].map((bits) => (bits & 16) !== 0)).toEqual(
    [...posterior].map((probability) => probability >= 0.2),
  );
  const { pairs, precision } = posteriorBasis.signs.suspected;
  expect(pairs).toBeGreaterThan(0);
  expect(precision).toBeGreaterThan(0.2);
});

test('a verdict is known at once', async () => {
  const { samePairs } = (await explain()).posteriorBasis;
  const other = hashes[labels.lastIndexOf(labels[0]!)]!;
  await opened.engine.call('verdicts.set', { pair: [hashes[0]!, other], verdict: 'different' });
  // The pair counts from either picture.
  expect((await explain()).posteriorBasis.samePairs).toBe(samePairs - 2);
});

test('how verdicts pass on is known at once: a ring of four has two pairs that nobody judged', async () => {
  const { samePairs } = (await explain()).posteriorBasis;
  const ring = [...new Set(labels)].slice(1, 5).map((label) => hashes[labels.indexOf(label)]!);
  for (const [place, hash] of ring.entries()) {
    const pair = [hash, ring[(place + 1) % ring.length]!] as const;
    await opened.engine.call('verdicts.set', { pair: [...pair], verdict: 'same' });
  }
  expect((await explain()).posteriorBasis.samePairs).toBe(samePairs + 2 * 4);
  await opened.engine.call('verdicts.setPassOn', { passOn: 'groups' });
  expect((await explain()).posteriorBasis.samePairs).toBe(samePairs + 2 * 6);
});
