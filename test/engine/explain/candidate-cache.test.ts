import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SampleColumns } from '../../../src-main/contract/library.ts';
import { candidatesOf } from '../../../src-main/engine/explain/anchor-candidates.ts';
import { CandidateCache } from '../../../src-main/engine/explain/candidate-cache.ts';
import {
  explainCandidates,
  explanationSettings,
} from '../../../src-main/engine/explain/explain-run-anchor.ts';
import type { RunEmbeddings } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';

const count = 60;
const ids = Uint32Array.from({ length: count }, (_, row) => 100 + row);

function embeddingsBy(seed: number): RunEmbeddings {
  const dimensions = 8;
  const vectors = clusteredUnitRows({ count, dimensions, clusters: 3, spread: 0.5, seed });
  const rowOfId = new Map(Array.from(ids, (id, row) => [id, row]));
  return {
    ...{ vectors, count, dimensions, ids, rowOfId, weightsHash: String(seed), neighbours: null },
  };
}

/** All pictures, with labels that repeat after so many pictures. */
function samplesBy(labels: number): SampleColumns {
  const none = Array.from({ length: count }, () => '');
  return {
    ...{ ids, hashes: none, paths: none, sizes: new Uint32Array(count) },
    labelIndex: Int32Array.from({ length: count }, (_, row) => row % labels),
    labels: Array.from({ length: labels }, (_, label) => String(label)),
    labelMembers: Array.from({ length: labels }, (_, label) => [label]),
    ...{ splitIndex: new Int32Array(count).fill(-1), splits: [] },
  };
}

test('candidates are kept while nothing of them changes, and computed anew for all that does', () => {
  const cache = new CandidateCache();
  const embeddings = embeddingsBy(1);
  const samples = samplesBy(3);
  const kept = cache.of(embeddings, 0, samples, null, embeddings);
  expect(cache.of(embeddings, 0, samples, null, embeddings)).toBe(kept);
  const others: Parameters<CandidateCache['of']>[] = [
    [embeddings, 1, samples, null, embeddings],
    [embeddings, 0, samplesBy(2), null, embeddings],
    [embeddings, 0, samples, { size: 8, seed: 1 }, embeddings],
    [embeddings, 0, samples, null, embeddingsBy(2)],
    [embeddingsBy(3), 0, samples, null, embeddings],
  ];
  for (const asked of others) {
    const found = new CandidateCache();
    found.of(embeddings, 0, samples, null, embeddings);
    expect(found.of(...asked)).toEqual(candidatesOf(...asked));
    expect(found.of(...asked)).not.toEqual(kept);
  }
});

test('candidates of at most three anchors are kept, those asked for last', () => {
  const cache = new CandidateCache();
  const embeddings = embeddingsBy(1);
  const samples = samplesBy(3);
  const ofRow = (row: number) => cache.of(embeddings, row, samples, null, embeddings);
  const [first, second, third] = [ofRow(0), ofRow(1), ofRow(2)];
  expect(ofRow(0)).toBe(first);
  ofRow(3);
  expect([ofRow(0), ofRow(2)]).toEqual([first, third]);
  expect(ofRow(0)).toBe(first);
  expect(ofRow(2)).toBe(third);
  expect(ofRow(1)).not.toBe(second);
  expect(ofRow(1)).toEqual(second);
});

test('what is kept keeps no vectors and no labels in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const cache = new CandidateCache();
  const askOnce = () => {
    const embeddings = embeddingsBy(1);
    const samples = samplesBy(3);
    cache.of(embeddings, 0, samples, null, embeddings);
    return [new WeakRef(embeddings), new WeakRef(samples)];
  };
  const held = askOnce();
  for (let round = 0; round < 5; round++) {
    await setImmediate();
    collect();
  }
  expect(held.map((one) => one.deref())).toEqual([undefined, undefined]);
});

test('a verdict shows in kept candidates at once', () => {
  const cache = new CandidateCache();
  const embeddings = embeddingsBy(1);
  const samples = samplesBy(3);
  const settings = explanationSettings({ objective: 'simclr', settings: {} }, {});
  const none = { same: new Set<number>(), different: new Set<number>() };
  const explain = (verdicts: typeof none) => {
    const known = cache.of(embeddings, 0, samples, null, embeddings);
    return explainCandidates(embeddings, known, settings, verdicts);
  };
  const before = explain(none);
  const rank = before.ids.indexOf(101);
  expect(before.binCounts.false).toBe(19);
  const judged = explain({ ...none, same: new Set([101]) });
  expect(judged.binCounts.false).toBe(20);
  expect([before.evidence[rank]! & 4, judged.evidence[rank]! & 4]).toEqual([0, 4]);
  expect(explain(none)).toEqual(before);
});
