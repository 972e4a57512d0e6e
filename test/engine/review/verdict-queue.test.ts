import { afterAll, beforeAll, expect, test } from 'vitest';
import { methods } from '../../../src-main/contract/methods.ts';
import type { MethodInput } from '../../../src-main/contract/methods.ts';
import { evidenceBits } from '../../../src-main/contract/negatives.ts';
import type { QueuedPair } from '../../../src-main/contract/verdict-queue.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { createRun, updateRun } from '../../../src-main/engine/store/runs.ts';
import { saveLedger } from '../../../src-main/engine/store/ledger.ts';
import { wilsonInterval } from '../../../src-main/engine/review/wilson-interval.ts';
import { emojiFolder, openTestEngine } from '../../contract/engine-shells.ts';
import type { TestEngine } from '../../contract/engine-shells.ts';
import { addRawPixelRun } from '../../contract/raw-pixel-run.ts';
import { runToState } from '../../contract/wait-for-job.ts';

let opened: TestEngine;
let file: string;
let run: number;

beforeAll(async () => {
  opened = await openTestEngine();
  ({ file } = (await opened.engine.call('library.open', { folder: emojiFolder })) as {
    file: string;
  });
  await runToState(opened.engine, 'scan', { folder: emojiFolder });
  run = await addRawPixelRun(file, emojiFolder);
  await opened.engine.call('verdicts.setSameLabel', { sameLabel: 'asked' });
});

afterAll(() => opened.close());

async function queue(input: Partial<MethodInput<'verdicts.queue'>>) {
  const answer = await opened.engine.call('verdicts.queue', { run, ...input });
  expect(methods['verdicts.queue'].output.safeParse(answer).error).toBeUndefined();
  return answer;
}

const judge = ({ anchor, candidate }: QueuedPair, verdict: 'same' | 'different' | 'unsure') =>
  opened.engine.call('verdicts.set', { pair: [anchor.hash, candidate.hash], verdict, run });
const pairOf = ({ anchor, candidate }: QueuedPair) => [anchor.hash, candidate.hash].sort().join();

function matterOf({ share, posterior, evidence }: QueuedPair): number {
  const signs = [evidenceBits.sameLabel, evidenceBits.mutualKnn].filter((bit) => evidence & bit);
  return Math.abs(share) * (posterior + signs.length);
}

/** A run of these pictures on the unit circle, or of any unit rows; resolves to its number. */
function addRun(
  name: string,
  weightsHash: string,
  ids: Uint32Array,
  vectors: Float32Array,
): number {
  const library = openLibrary(file, { mode: 'worker', now: () => 1 });
  const made = createRun(library, {
    name,
    kind: 'loaded',
    encoder: 'pixels',
    objective: null,
    settings: {},
    state: 'done',
  });
  updateRun(library, made.id, { weightsHash });
  saveEmbeddings(library, weightsHash, 'h', ids, {
    dimensions: vectors.length / ids.length,
    vectors,
  });
  library.close();
  return made.id;
}

async function addHalfRun(hashes: readonly string[]): Promise<number> {
  const samples = await opened.engine.call('library.samples', {});
  const ids = hashes
    .map((hash) => samples.ids[samples.hashes.indexOf(hash)]!)
    .sort((a, b) => a - b);
  const vectors = Float32Array.from(ids.flatMap((_, index) => [Math.cos(index), Math.sin(index)]));
  return addRun('half', 'b'.repeat(64), Uint32Array.from(ids), vectors);
}

test('Wilson’s interval of 3 in 20 is 5.2 % to 36.0 %, and stays within 0 and 1', () => {
  const { rate, low, high } = wilsonInterval(3, 20)!;
  expect([rate, low, high]).toEqual([
    0.15,
    expect.closeTo(0.0523692, 6),
    expect.closeTo(0.3604185, 6),
  ]);
  expect(wilsonInterval(0, 5)).toMatchObject({ rate: 0, low: 0 });
  expect(wilsonInterval(5, 5)).toMatchObject({ rate: 1, high: 1 });
  expect(wilsonInterval(0, 0)).toBeNull();
});

test('puts the pairs that matter most in front, each once, with the numbers of their explanations', async () => {
  const { source, pairs } = await queue({ limit: 30 });
  expect(source).toBe('explanation');
  expect(new Set(pairs.map(pairOf)).size).toBe(30);
  const matter = pairs.map(matterOf);
  expect(matter).toEqual([...matter].sort((a, b) => b - a));
  const [first] = pairs as [QueuedPair];
  const explained = await opened.engine.call('anchor.negatives', {
    run,
    anchor: first.anchor.hash,
  });
  expect(explained.similarity[first.rank]).toBe(first.similarity);
  expect(explained.share[first.rank]).toBe(first.share);
  const pushed = explained.share.reduce((sum, share) => sum + Math.max(0, share), 0);
  const part = (100 * first.share) / pushed;
  expect(first.reason).toContain(`Takes ${part.toFixed(1)}\u00a0% of the push`);
  for (const limit of [1, 3, 12]) {
    expect((await queue({ limit })).pairs).toEqual(pairs.slice(0, limit));
  }
});

test('draws at random by a seed, leaves out what is judged, and estimates the rate from it', async () => {
  const { pairs } = await queue({ order: 'random', limit: 12 });
  const first = (await queue({ order: 'random', limit: 200 })).pairs;
  expect((await queue({ order: 'random', limit: 12 })).pairs).toEqual(pairs);
  expect((await queue({ order: 'random', limit: 12, seed: 2 })).pairs).not.toEqual(pairs);
  const rate = () => opened.engine.call('verdicts.rate', { run });
  const embedded = (await opened.engine.call('library.samples', {})).ids.length;
  expect(await rate()).toEqual({
    ...{
      judged: 0,
      same: 0,
      unsure: 0,
      byLabel: 0,
      estimate: null,
      unsureDifferent: null,
      unsureSame: null,
    },
    ...{ pictures: embedded, embedded },
  });
  await judge(pairs[11]!, 'same');
  expect((await rate()).judged).toBe(0);
  for (const [index, pair] of pairs.slice(0, 10).entries()) {
    await judge(pair, index < 2 ? 'same' : index === 2 ? 'unsure' : 'different');
  }
  const [least, most] = [wilsonInterval(2, 10)!, wilsonInterval(3, 10)!];
  expect(await rate()).toEqual({
    ...{ judged: 9, same: 2, unsure: 1, byLabel: 0, pictures: embedded, embedded },
    ...{ unsureDifferent: least, unsureSame: most },
    estimate: { rate: 2 / 9, low: least.low, high: most.high },
  });
  const rest = (await queue({ order: 'random', limit: 5 })).pairs;
  const { posterior, reason } = rest[0]!;
  expect(rest[0]).toEqual({ ...pairs[10], posterior, reason });
  // The verdicts are known pairs, by which the probabilities of some ranks are calibrated anew.
  const now = (await queue({ order: 'random', limit: 200 })).pairs;
  const before = new Map(first.map((pair) => [pairOf(pair), pair.posterior]));
  const shared = now.filter((pair) => before.has(pairOf(pair)));
  expect(shared.length).toBeGreaterThan(100);
  expect(shared.some((pair) => before.get(pairOf(pair)) !== pair.posterior)).toBe(true);
  expect(rest.map(pairOf)).not.toContain(pairOf(pairs[11]!));
});

test('takes shares from the run’s ledger where it has one', async () => {
  const { ids, hashes } = await opened.engine.call('library.samples', {});
  const library = openLibrary(file, { mode: 'worker', now: () => 1 });
  const columns = (...shares: number[]) => ({
    similarity: new Float32Array(shares.length),
    weight: new Float32Array(shares.length),
    share: Float32Array.from(shares),
    met: new Uint16Array(shares.length),
    zone: new Uint8Array(shares.length),
  });
  const totals = { loss: 1, effectiveNegatives: 1, clamped: 0, sameLabelShare: 0 };
  const negatives = { ids: Uint32Array.of(ids[1]!, ids[2]!), ...columns(0.75, 0.125) };
  saveLedger(library, run, 1, [{ sampleId: ids[0]!, ...totals, negatives }]);
  library.close();
  const { source, pairs } = await queue({});
  expect(source).toBe('ledger');
  expect(pairs.map(({ share }) => share).sort()).toEqual([0.125, 0.75]);
  const most = pairs.find(({ share }) => share === 0.75)!;
  expect([most.anchor.hash, most.candidate.hash]).toEqual([hashes[0], hashes[1]]);
  await judge(most, 'different');
  expect((await queue({})).pairs.map(({ share }) => share)).toEqual([0.125]);
});

test('gives the pairs that were asked for, judged or not, and counts those that are not embedded', async () => {
  const { hashes } = await opened.engine.call('library.samples', {});
  const pairs = [
    [hashes[0]!, hashes[1]!],
    [hashes[40]!, hashes[7]!],
  ] as [string, string][];
  await opened.engine.call('verdicts.set', { pair: pairs[0]!, verdict: 'different' });
  const answer = await queue({ pairs });
  expect(answer.leftOut).toBe(0);
  expect(answer.pairs.map(({ anchor, candidate }) => [anchor.hash, candidate.hash])).toEqual(pairs);
  const explained = await opened.engine.call('anchor.negatives', { run, anchor: hashes[40]! });
  expect(answer.pairs[1]!.similarity).toBe(explained.similarity[answer.pairs[1]!.rank]);
  const one = await addHalfRun([hashes[0]!, hashes[40]!, hashes[7]!]);
  const half = await queue({ run: one, pairs });
  expect(half.leftOut).toBe(1);
  expect(half.pairs.map(({ anchor }) => anchor.hash)).toEqual([hashes[40]]);
});

test('by agreement puts pairs in front that most runs have among each other’s nearest, for every limit', async () => {
  const { ids, hashes } = await opened.engine.call('library.samples', {});
  // Another run that turns the library around: its neighbours are the next pictures by number.
  const angles = Float32Array.from(ids, (_, index) => (index / ids.length) * Math.PI);
  const vectors = Float32Array.from(angles, Math.cos);
  const circle = addRun(
    'circle',
    'a'.repeat(64),
    ids,
    Float32Array.from([...ids].flatMap((_, index) => [vectors[index]!, Math.sin(angles[index]!)])),
  );
  const all = (await queue({ order: 'agreement', run: circle, limit: 200 })).pairs;
  const few = await queue({ order: 'agreement', run: circle, limit: 3 });
  expect(few.pairs).toEqual(all.slice(0, 3));
  // Counted by the neighbours that the engine gives of each picture and run.
  const runs = (await opened.engine.call('runs.list', {})).filter(({ embedded }) => embedded);
  const near = await Promise.all(
    runs.map(async ({ run: other }) => {
      const found = new Map<string, ReadonlySet<string>>();
      for (const anchor of hashes) {
        const { ids: nearest } = await opened.engine
          .call('anchor.neighbours', { run: other, anchor, k: 15 })
          .catch(() => ({ ids: [] as number[] }));
        found.set(anchor, new Set(Array.from(nearest, (id) => hashes[ids.indexOf(id)]!)));
      }
      return found;
    }),
  );
  const votes = (one: string, other: string) =>
    near.filter((of) => of.get(one)!.has(other) && of.get(other)!.has(one)).length;
  const judged = new Set(
    (await opened.engine.call('verdicts.list', {}))
      .filter(({ verdict }) => verdict !== 'unsure')
      .map(({ pair }) =>
        pair
          .map(({ hash }) => hash)
          .sort()
          .join(),
      ),
  );
  const counts = hashes
    .flatMap((one, index) => hashes.slice(index + 1).map((other) => [one, other] as const))
    .filter((pair) => !judged.has([...pair].sort().join()))
    .map(([one, other]) => votes(one, other))
    .sort((a, b) => b - a);
  for (const { anchor, candidate, agreement, reason } of all) {
    expect(agreement!.suggested).toBe(votes(anchor.hash, candidate.hash));
    expect(reason).toContain(`${agreement!.suggested} of ${agreement!.runs} runs suggest it`);
  }
  expect(all.map(({ agreement }) => agreement!.suggested)).toEqual(counts.slice(0, all.length));
});

test('by push lists the pairs that the share of the false push is estimated from', async () => {
  const asked = { run, seed: 3 };
  const share = () => opened.engine.call('verdicts.pushShare', asked);
  const { pairs, source } = await queue({ order: 'push', seed: 3, limit: 2 });
  expect(source).toBe('ledger');
  // The ledger has two pairs, one of which was judged different before: 0.75 and 0.125 of the push.
  expect(pairs.map((pair) => pair.share)).toEqual([0.125]);
  const before = await share();
  expect(before).toMatchObject({ source: 'ledger', recorded: 0.875, same: 0 });
  await judge(pairs[0]!, 'same');
  const after = await share();
  expect(after.pairs).toBe(2);
  // All draws are judged now: of many, 0.125 / 0.875 fall on the pair that is false.
  expect(after.estimate!.rate).toBeCloseTo(0.125 / 0.875, 1);
  expect(after.estimate!.low).toBeLessThan(0.125 / 0.875);
  expect(after.estimate!.high).toBeGreaterThan(0.125 / 0.875);
  await opened.engine.call('verdicts.remove', {
    pair: [pairs[0]!.anchor.hash, pairs[0]!.candidate.hash],
  });
});

test('by links lists the verdicts that alone hold a group together, the heaviest first', async () => {
  const { hashes } = await opened.engine.call('library.samples', {});
  for (const { pair } of await opened.engine.call('verdicts.list', {})) {
    const given = pair.map(({ hash }) => hash) as [string, string];
    await opened.engine.call('verdicts.remove', { pair: given });
  }
  const same = async (one: number, other: number) => {
    const pair: [string, string] = [hashes[one]!, hashes[other]!];
    await opened.engine.call('verdicts.set', { pair, verdict: 'same' });
  };
  // Two triangles and a picture at the end of the second.
  for (const [one, other] of [
    ...([20, 21, 22] as const).map((first, at) => [first, [21, 22, 20][at]!] as const),
    ...([23, 24, 25] as const).map((first, at) => [first, [24, 25, 23][at]!] as const),
    [22, 23],
    [25, 26],
  ] as const) {
    await same(one, other);
  }
  const { pairs } = await queue({ order: 'links' });
  const links = pairs.slice(0, 2);
  expect(links.map(pairOf)).toEqual([
    [hashes[22], hashes[23]].sort().join(),
    [hashes[25], hashes[26]].sort().join(),
  ]);
  expect(links[0]!.reason).toMatch(
    /^The only verdict between 3 pictures and 4 pictures of one group\. Takes /,
  );
  expect(links[1]!.reason).toContain('between 1 picture and 6 pictures');
});

test('how verdicts pass on is kept in the library, told, and followed by queue and estimate', async () => {
  const { hashes } = await opened.engine.call('library.samples', {});
  let events = 0;
  const stop = opened.engine.on('verdicts', () => (events += 1));
  expect(await opened.engine.call('verdicts.passOn', {})).toEqual({
    ...{ passOn: 'pairs', isChosen: false },
  });
  const groups = () => opened.engine.call('verdicts.groups', {});
  expect(await groups()).toMatchObject({ passOn: 'pairs', passing: [] });
  const chosen = await opened.engine.call('verdicts.setPassOn', { passOn: 'groups' });
  expect(chosen).toEqual({ passOn: 'groups', isChosen: true });
  expect(events).toBe(1);
  const { passing } = await groups();
  expect(passing.map((group) => group.map(({ hash }) => hash))).toEqual(
    [
      [20, 21, 22],
      [23, 24, 25],
    ]
      .map((rows) => rows.map((row) => hashes[row]!).sort())
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
  await opened.engine.call('verdicts.setPassOn', { passOn: 'pairs' });
  expect((await groups()).passing).toEqual([]);
  stop();
});
