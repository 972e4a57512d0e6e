import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MethodInput } from '../../../src-main/contract/methods.ts';
import type { QueuedPair } from '../../../src-main/contract/verdict-queue.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { createRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { emojiFolder, openTestEngine } from '../../contract/engine-shells.ts';
import type { TestEngine } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';

let opened: TestEngine;
let file: string;
let labelOf: ReadonlyMap<string, string>;
let hashes: readonly string[];
/** Pictures 0, 1, 2 and 10, 11 are frames of two things that are near to each other. */
const frames = [
  [0, 1, 2],
  [10, 11],
] as const;

beforeAll(async () => {
  opened = await openTestEngine();
  ({ file } = (await opened.engine.call('library.open', { folder: emojiFolder })) as {
    file: string;
  });
  await runToState(opened.engine, 'scan', { folder: emojiFolder });
  const samples = await opened.engine.call('library.samples', {});
  ({ hashes } = samples);
  labelOf = new Map(hashes.map((hash, at) => [hash, samples.labels[samples.labelIndex[at]!]!]));
  addRun('frames', 'a'.repeat(64), samples.ids);
  addRun('others', 'b'.repeat(64), samples.ids, 9);
});

afterAll(() => opened.close());

/** A run of pictures at random on a sphere, but for the frames. */
function addRun(name: string, weightsHash: string, ids: Uint32Array, seed = 1): void {
  const dimensions = 16;
  const random = seedRandom(seed);
  const rows = Array.from(ids, () => Array.from({ length: dimensions }, () => random.normal()));
  const [first, second] = frames;
  for (const row of first) rows[row] = rows[0]!.with(0, rows[0]![0]! + 0.001 * row);
  for (const row of second) rows[row] = rows[0]!.map((value, at) => value + (at < 4 ? 0.9 : 0));
  rows[11] = rows[10]!.with(0, rows[10]![0]! + 0.001);
  const vectors = Float32Array.from(
    rows.flatMap((row) => row.map((value) => value / Math.hypot(...row))),
  );
  const library = openLibrary(file, { mode: 'worker', now: () => 1 });
  const { id } = createRun(library, {
    ...{ name, kind: 'loaded', encoder: 'pixels', objective: null, settings: {}, state: 'done' },
  });
  updateRun(library, id, { weightsHash });
  saveEmbeddings(library, weightsHash, 'h', ids, { dimensions, vectors });
  library.close();
}

const queue = (input: Partial<MethodInput<'verdicts.queue'>>) =>
  opened.engine.call('verdicts.queue', { run: 'frames', limit: 200, ...input });
const rule = (sameLabel: 'settled' | 'asked') =>
  opened.engine.call('verdicts.setSameLabel', { sameLabel });
const isOneLabel = ({ anchor, candidate }: QueuedPair) =>
  labelOf.get(anchor.hash) === labelOf.get(candidate.hash);
const rowOf = ({ hash }: { readonly hash: string }) => hashes.indexOf(hash);
const rowsOf = ({ anchor, candidate }: QueuedPair) =>
  [rowOf(anchor), rowOf(candidate)].sort((a, b) => a - b);
const isFrame = (row: number) => frames.flat().includes(row as 0);

test('pairs of one label are settled unless it is asked for, and how many is said', async () => {
  expect(await opened.engine.call('verdicts.sameLabel', {})).toEqual({ sameLabel: 'settled' });
  const counts = [...labelOf.values()].reduce(
    (found, label) => found.set(label, (found.get(label) ?? 0) + 1),
    new Map<string, number>(),
  );
  const ofOne = [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const of = (hashes.length * (hashes.length - 1)) / 2;
  for (const order of ['matter', 'agreement', 'disagreement', 'random', 'push'] as const) {
    const { pairs, settledByLabel } = await queue({ order });
    expect(pairs.length).toBeGreaterThan(50);
    expect(pairs.filter(isOneLabel)).toEqual([]);
    expect(settledByLabel).toEqual({ pairs: ofOne, of });
  }
  let events = 0;
  const stop = opened.engine.on('verdicts', () => (events += 1));
  await rule('asked');
  stop();
  expect(events).toBe(1);
  const asked = await queue({});
  expect(asked.settledByLabel).toBeNull();
  expect(asked.pairs.some(isOneLabel)).toBe(true);
  await rule('settled');
});

test('the estimates count pairs of one label as the same, and say how many, unless a verdict differs', async () => {
  await rule('asked');
  const { pairs } = await queue({ order: 'random', limit: 60 });
  await rule('settled');
  const firstOfOne = pairs.findIndex(isOneLabel);
  expect(firstOfOne).toBeGreaterThan(0);
  const rate = () => opened.engine.call('verdicts.rate', { run: 'frames' });
  const judge = ({ anchor, candidate }: QueuedPair, verdict: 'same' | 'different') =>
    opened.engine.call('verdicts.set', { pair: [anchor.hash, candidate.hash], verdict });
  for (const pair of pairs.slice(0, firstOfOne)) await judge(pair, 'different');
  const settled = await rate();
  // Behind it others of one label may come at once.
  const next = pairs.findIndex((pair, at) => at > firstOfOne && !isOneLabel(pair));
  const byLabel = next - firstOfOne;
  expect(settled).toMatchObject({ judged: next, same: byLabel, byLabel });
  await judge(pairs[firstOfOne]!, 'different');
  expect(await rate()).toMatchObject({ judged: next, same: byLabel - 1, byLabel: byLabel - 1 });
  for (const { anchor, candidate } of pairs.slice(0, firstOfOne + 1)) {
    await opened.engine.call('verdicts.remove', { pair: [anchor.hash, candidate.hash] });
  }
});

test('of near-duplicate families one pair is asked, with how many are like it, and once', async () => {
  await rule('asked');
  for (const order of ['matter', 'agreement'] as const) {
    const { pairs } = await queue({ order });
    const between = pairs.filter((pair) => {
      const [one, other] = rowsOf(pair);
      return isFrame(one!) && isFrame(other!);
    });
    // One within either family, and one between both.
    const alike = between.map((pair) => pair.alike).sort((a, b) => a - b);
    expect(alike).toEqual([0, 2, 5]);
    const most = between.find((pair) => pair.alike === 5)!;
    const pair: [string, string] = [most.anchor.hash, most.candidate.hash];
    const { pairs: others } = await opened.engine.call('verdicts.alike', { run: 'frames', pair });
    const rows = [...others.map((two) => two.map(rowOf)), rowsOf(most)].map((two) =>
      two.toSorted((a, b) => a - b).join(),
    );
    expect(rows.sort()).toEqual(['0,10', '0,11', '1,10', '1,11', '2,10', '2,11'].sort());
    await opened.engine.call('verdicts.set', { pair, verdict: 'unsure' });
    const rest = (await queue({ order })).pairs.map((found) => rowsOf(found).join());
    expect(rest.filter((key) => rows.includes(key))).toEqual([]);
    await opened.engine.call('verdicts.remove', { pair });
  }
  await rule('settled');
});

test('runs that are divided come first by disagreement, and one run alone cannot be', async () => {
  const { pairs } = await queue({ order: 'disagreement' });
  expect(pairs.length).toBeGreaterThan(20);
  expect(new Set(pairs.map(({ agreement }) => agreement!.suggested))).toEqual(new Set([1]));
  expect(pairs[0]!.reason).toContain('1 of 2 runs suggest it');
  const [other] = await opened.engine
    .call('runs.list', {})
    .then((runs) => runs.filter(({ name }) => name === 'others'));
  await opened.engine.call('runs.update', { run: other!.run, archived: true });
  const alone = await queue({ order: 'disagreement' });
  expect(alone.pairs).toEqual([]);
  expect(alone.remark).toMatch(/^Runs cannot disagree where only one/);
});

test('likely label errors are pictures with the nearest of another label, and filters hold for all orders', async () => {
  const { pairs, remark } = await queue({ order: 'label-errors' });
  expect(remark).toBe('');
  for (const { anchor, candidate, reason } of pairs) {
    expect(reason).toContain(`The anchor is labelled “${labelOf.get(anchor.hash)!}”, but `);
    expect(reason).toContain(`is for “${labelOf.get(candidate.hash)!}”`);
  }
  const [one, other] = [...new Set(labelOf.values())] as [string, string];
  for (const order of ['matter', 'agreement', 'random', 'push'] as const) {
    const found = (await queue({ order, labels: [one, other] })).pairs;
    expect(found.length).toBeGreaterThan(0);
    for (const { anchor, candidate } of found) {
      expect([labelOf.get(anchor.hash), labelOf.get(candidate.hash)].sort()).toEqual(
        [one, other].sort(),
      );
    }
  }
  const { ids } = await opened.engine.call('library.samples', {});
  const selection = { ids: [...ids.slice(20, 40)], both: true };
  const within = (await queue({ order: 'random', selection })).pairs;
  expect(within.flatMap(rowsOf).every((row) => row >= 20 && row < 40)).toBe(true);
});
