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
}

const explain = (change: Change = {}) =>
  opened.engine.call('anchor.negatives', { run, anchor: hashes[0]!, ...change });

test('among few pictures no answer is without its suspicions', async () => {
  const asked = { run, anchor: hashes[0]!, awaitCalibration: false };
  const { posteriorBasis } = await opened.engine.call('anchor.negatives', asked);
  expect(posteriorBasis.kind).toBe('calibrated');
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
