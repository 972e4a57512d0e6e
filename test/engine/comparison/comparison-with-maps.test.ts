import { scoreProtocol } from '../../../src-main/contract/run-scores.ts';
import { describe, expect, test } from 'vitest';
import { saveCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { saveEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { sidesMeasures } from '../../../src-main/contract/comparison-measures.ts';
import { saveLedger } from '../../../src-main/engine/store/ledger.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { saveEpochMetrics } from '../../../src-main/engine/store/history.ts';
import { alignMaps } from '../../../src-main/engine/map/align-maps.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';
import { comparedLibrary, dimensions, pictures } from './compared-library.ts';

const k = 5;
const pair = { a: { run: 'one' }, b: { run: 'other' } };

function rows(seed: number): Float32Array {
  return clusteredUnitRows({ count: pictures, dimensions, clusters: 4, spread: 0.8, seed });
}

describe('a view of a comparison', () => {
  test('is there when the comparison was made, with both maps in one frame', async () => {
    const engine = await comparedLibrary([
      { name: 'one', vectors: rows(1), mapSeed: 1 },
      { name: 'other', vectors: rows(2), mapSeed: 1 },
    ]);
    expect(await engine.call('comparison.withMaps', { ...pair, k })).toBeNull();
    const { state } = await runToState(engine, 'compare', { runs: [pair.a, pair.b], k });
    expect(state).toBe('done');
    const view = (await engine.call('comparison.withMaps', { ...pair, k }))!;
    expect(view.comparison).toMatchObject({ a: 'one', b: 'other', pictures, k });
    expect(view.ids).toHaveLength(pictures);
    const mean = view.overlap.reduce((total, value) => total + value, 0) / pictures;
    expect(mean).toBeCloseTo(view.comparison.neighbourOverlap.mean, 3);
    const change = view.hardness.reduce((total, value) => total + value, 0) / pictures;
    expect(change).toBeCloseTo(view.comparison.hardness.mean, 3);
    const [first] = view.comparison.mostChanged;
    expect(view.overlap[view.ids.indexOf(first!.id)]).toBeCloseTo(first!.overlap, 4);
    expect(view.maps).toMatchObject({ alignment: 'procrustes' });
    const one = await engine.call('runs.map', { run: 'one' });
    expect(view.maps!.a).toEqual(one!.coordinates);
    expect(view.maps!.residual).toBeGreaterThan(0);
    // Another k is another comparison.
    expect(await engine.call('comparison.withMaps', { ...pair, k: 6 })).toBeNull();
  });

  test('of identical runs is exactly 1 whatever the seeds of their maps', async () => {
    const engine = await comparedLibrary([
      { name: 'one', vectors: rows(1), mapSeed: 1 },
      { name: 'other', vectors: rows(1), mapSeed: 2 },
    ]);
    await runToState(engine, 'compare', { runs: [pair.a, pair.b], k });
    const { comparison, overlap, hardness, maps } = (await engine.call('comparison.withMaps', {
      ...pair,
      k,
    }))!;
    const one = { mean: 1, low: 1, high: 1 };
    expect(comparison).toMatchObject({ neighbourOverlap: one, rankBiasedOverlap: one, cka: 1 });
    expect(comparison.negatives).toMatchObject({
      hard: { new: 0, gone: 0 },
      false: { new: 0, gone: 0 },
      ring: { new: 0, gone: 0 },
    });
    expect(comparison.precisionAt20?.change).toEqual({ mean: 0, low: 0, high: 0 });
    expect(new Set([...overlap, ...hardness])).toEqual(new Set([1, 0]));
    // The maps differ all the same: nothing is concluded from them.
    expect(maps!.residual).toBeGreaterThan(0.01);
  });

  test('is of the pictures that both have', async () => {
    const engine = await comparedLibrary([
      { name: 'one', vectors: rows(1), mapSeed: 1 },
      { name: 'other', vectors: rows(1), mapSeed: 1, embedded: 40 },
    ]);
    await runToState(engine, 'compare', { runs: [pair.a, pair.b], k });
    const view = (await engine.call('comparison.withMaps', { ...pair, k }))!;
    expect(view.comparison.pictures).toBe(40);
    expect(view.comparison.neighbourOverlap.mean).toBe(1);
    expect(view.maps!.b).toHaveLength(80);
  });

  test('has no maps where one is missing', async () => {
    const engine = await comparedLibrary([
      { name: 'one', vectors: rows(1), mapSeed: 1 },
      { name: 'other', vectors: rows(2) },
    ]);
    await runToState(engine, 'compare', { runs: [pair.a, pair.b], k });
    expect((await engine.call('comparison.withMaps', { ...pair, k }))!.maps).toBeNull();
    await runToState(engine, 'compare', { runs: [pair.a, pair.b], k, maps: true });
    expect((await engine.call('comparison.withMaps', { ...pair, k }))!.maps).not.toBeNull();
  });

  test('can project the right run onto the left map, and gives the residual', async () => {
    const engine = await comparedLibrary([
      { name: 'one', vectors: rows(1), mapSeed: 1 },
      { name: 'other', vectors: rows(2), mapSeed: 1 },
    ]);
    await runToState(engine, 'compare', { runs: [pair.a, pair.b], k });
    const { maps } = (await engine.call('comparison.withMaps', {
      ...pair,
      k,
      alignment: 'projected',
    }))!;
    expect(maps!.alignment).toBe('projected');
    let left = 0;
    let spread = 0;
    const middle = [0, 1].map(
      (axis) =>
        maps!.a.reduce((total, v, index) => total + (index % 2 === axis ? v : 0), 0) / pictures,
    );
    for (const [index, value] of maps!.a.entries()) {
      left += (value - maps!.b[index]!) ** 2;
      spread += (value - middle[index % 2]!) ** 2;
    }
    expect(maps!.residual).toBeCloseTo(left / spread, 4);
  });
});

describe('pairs judged the same', () => {
  test('are told of each run by its own ledger, and of none without one', async () => {
    const runs = [
      { name: 'one', vectors: rows(1) },
      { name: 'other', vectors: rows(2) },
    ];
    const engine = await comparedLibrary(runs, (library, ids) => {
      const [first, second, third] = ids as unknown as [number, number, number];
      const { hashes } = presentSamples(library);
      const verdict = { verdict: 'same', note: '', runId: null } as const;
      saveVerdict(library, [hashes[0]!, hashes[1]!], verdict);
      const negatives = {
        ids: Uint32Array.of(third, second),
        ...{ similarity: new Float32Array(2), weight: new Float32Array(2) },
        share: Float32Array.of(0.5, 0.125),
        ...{ met: new Uint16Array(2), zone: new Uint8Array(2) },
      };
      const totals = { loss: 1, effectiveNegatives: 1, clamped: 0, sameLabelShare: 0 };
      saveLedger(library, 1, 2, [{ sampleId: first, ...totals, negatives }]);
    });
    await runToState(engine, 'compare', { runs: [pair.a, pair.b], k });
    const { comparison } = (await engine.call('comparison.withMaps', { ...pair, k }))!;
    expect(comparison.judgedSame).toEqual({
      a: { epoch: 2, pairs: 1, negatives: 1, anchors: 1, gradientShare: 0.125 },
      b: null,
    });
    const told = sidesMeasures(comparison).filter(
      ({ trainings, change }) => trainings === null && change === null,
    );
    expect(told.map(({ name, a, b }) => [name, a, b])).toEqual(
      expect.arrayContaining([
        ['judged-same pairs pushed apart', 1, null],
        ['their share of the gradient', 0.125, null],
      ]),
    );
    // The same comparison, stored in this order, the other way round.
    const turned = await engine.call('comparison.withMaps', { a: pair.b, b: pair.a, k });
    expect(turned!.comparison.judgedSame).toEqual({ a: null, b: comparison.judgedSame.a });
  });
});

describe('a map that starts from the other', () => {
  test('is laid out when it is asked for, beside the run’s own, and is Procrustes until then', async () => {
    const engine = await comparedLibrary([
      { name: 'one', vectors: rows(1), mapSeed: 1 },
      {
        name: 'other',
        vectors: rows(1).map((value, index) => (index % 8 === 0 ? -value : value)),
        mapSeed: 2,
      },
    ]);
    const viewed = async (alignment: 'procrustes' | 'started') =>
      (await engine.call('comparison.withMaps', { ...pair, k, alignment }))!.maps!;
    const runs = [pair.a, pair.b];
    await runToState(engine, 'compare', { runs, k, maps: true });
    const turned = await viewed('procrustes');
    expect(await viewed('started')).toEqual(turned);
    await runToState(engine, 'compare', { runs, k, maps: true, alignment: 'started' });
    const started = await viewed('started');
    expect(started.alignment).toBe('started');
    expect(started.a).toEqual(turned.a);
    expect(started.b).not.toEqual(turned.b);
    expect(started.residual).toBeCloseTo(alignMaps(started.a, started.b).residual, 4);
    // The map that Explore shows of the run is its own still.
    expect(await viewed('procrustes')).toEqual(turned);
    const maps = await engine.call('runs.maps', { run: 'other' });
    expect(maps).toHaveLength(1);
  });
});

describe('epochs of a run', () => {
  test('are compared as two sides, each with the alignment that training measured then', async () => {
    const engine = await comparedLibrary([{ name: 'one', vectors: rows(3) }], (library, ids) => {
      for (const epoch of [1, 2, 3]) {
        const checkpoint = { runId: 1, epoch, weightsHash: `epoch ${epoch}` };
        saveCheckpoint(library, { ...checkpoint, weights: new Uint8Array(1), training: null });
        // Epoch 3 is of a version that measured it otherwise.
        const protocol = epoch < 3 ? { protocol: scoreProtocol } : undefined;
        saveEpochMetrics(library, 1, epoch, { alignment: epoch / 4, ...protocol });
        const vectors = rows(epoch);
        saveEmbeddings(library, checkpoint.weightsHash, 'h', ids, { dimensions, vectors });
      }
    });
    const [a, b] = [1, 2].map((epoch) => ({ run: 'one', epoch })) as [
      { run: string; epoch: number },
      { run: string; epoch: number },
    ];
    await runToState(engine, 'compare', { runs: [a, b], k });
    const view = (await engine.call('comparison.withMaps', { a, b, k }))!;
    expect(view.comparison).toMatchObject({
      a: 'one@1',
      b: 'one@2',
      alignment: { a: 0.25, b: 0.5 },
    });
    expect(view.comparison.neighbourOverlap.mean).toBeLessThan(1);
    const older = await runToState(engine, 'compare', { runs: [a, { run: 'one', epoch: 3 }], k });
    expect(older.result).toMatchObject({ comparisons: [{ alignment: { a: 0.25, b: null } }] });
    const gone = runToState(engine, 'compare', { runs: [a, { run: 'one', epoch: 4 }], k });
    expect((await gone).error?.message).toMatch(/no checkpoint of epoch 4: it was deleted/);
  });
});
