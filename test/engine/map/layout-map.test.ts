import { beforeAll, describe, expect, test } from 'vitest';
import { layoutMap } from '../../../src-main/engine/map/layout-map.ts';
import { automaticEpochs } from '../../../src-main/engine/map/map-parameters.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import type { Neighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import type { UnitRows } from '../../../src-main/engine/numeric/unit-rows.ts';
import { clusteredUnitRows, normaliseRows } from '../neighbours/random-unit-rows.ts';
import { emojiPixels } from './emoji-pixels.ts';
import { trustworthiness } from './trustworthiness.ts';
import { umapJs, umapJsLayout } from './umap-reference.ts';

let emoji: UnitRows;
let neighbours: Neighbours;

beforeAll(async () => {
  emoji = await emojiPixels(500);
  neighbours = await exactNeighbours({ ...emoji, k: 14 });
});

describe('a map of real pictures', () => {
  test('is as trustworthy as the map of umap-js, and more than principal components', async () => {
    const ours = trustworthiness(emoji, await layoutMap({ ...emoji, neighbours }), 15);
    const theirs = trustworthiness(emoji, umapJsLayout(umapJs(neighbours, emoji.count, 1)), 15);
    const pca = await layoutMap({ ...emoji, parameters: { method: 'pca' } });
    expect(ours).toBeGreaterThan(theirs - 0.01);
    expect(ours).toBeGreaterThan(trustworthiness(emoji, pca, 15) + 0.02);
  });

  test('is the same bit for bit with the same seed, with neighbours given or found', async () => {
    const parameters = { seed: 7, epochs: 60 };
    const first = await layoutMap({ ...emoji, neighbours, parameters });
    const wider = await exactNeighbours({ ...emoji, k: 20, threads: 2 });
    expect(await layoutMap({ ...emoji, parameters })).toEqual(first);
    expect(await layoutMap({ ...emoji, neighbours: wider, parameters })).toEqual(first);
    const other = await layoutMap({ ...emoji, neighbours, parameters: { seed: 8, epochs: 60 } });
    expect(other).not.toEqual(first);
  });

  test('reports progress up to 1 and shows the map on the way', async () => {
    const fractions: number[] = [];
    const epochsShown: number[] = [];
    let shown = new Float32Array();
    const map = await layoutMap({
      ...emoji,
      parameters: { epochs: 100 },
      onProgress: (fraction) => fractions.push(fraction),
      onCoordinates: (coordinates, epoch, epochs) => {
        expect(epochs).toBe(100);
        expect(coordinates).toHaveLength(emoji.count * 2);
        if (epoch < epochs) expect(coordinates).not.toEqual(shown);
        shown = Float32Array.from(coordinates);
        epochsShown.push(epoch);
      },
    });
    expect(epochsShown).toEqual(Array.from({ length: 50 }, (_, i) => 2 * (i + 1)));
    expect(shown).toEqual(map);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  test('stops when it is cancelled, in the layout or before', async () => {
    const controller = new AbortController();
    let lastEpoch = 0;
    const layout = layoutMap({
      ...emoji,
      neighbours,
      parameters: { epochs: 20_000 },
      signal: controller.signal,
      onCoordinates: (_, epoch) => {
        lastEpoch = epoch;
        controller.abort();
      },
    });
    await expect(layout).rejects.toMatchObject({ code: 'cancelled' });
    expect(lastEpoch).toBe(400);
    const again = layoutMap({ ...emoji, signal: controller.signal });
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
  });
});

/** The mean distance on the map between rows that `isWanted` accepts. */
function meanDistance(map: Float32Array, isWanted: (a: number, b: number) => boolean): number {
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < map.length / 2; a++) {
    for (let b = 0; b < a; b++) {
      if (!isWanted(a, b)) continue;
      sum += Math.hypot(map[2 * a]! - map[2 * b]!, map[2 * a + 1]! - map[2 * b + 1]!);
      pairs++;
    }
  }
  return sum / pairs;
}

describe('few and odd rows', () => {
  test('groups without a link between them stay finite and apart', async () => {
    const count = 120;
    const dimensions = 9;
    const vectors = clusteredUnitRows({ count, dimensions, clusters: 3, spread: 0.01, seed: 6 });
    const map = await layoutMap({ vectors, count, dimensions });
    expect(map.every(Number.isFinite)).toBe(true);
    const within = meanDistance(map, (a, b) => a % 3 === b % 3);
    const between = meanDistance(map, (a, b) => a % 3 !== b % 3);
    expect(between).toBeGreaterThan(3 * within);
  });

  test.each([0, 1])('%i rows lie at the origin', async (count) => {
    const map = await layoutMap({
      vectors: new Float32Array(count * 2).fill(0.70710678),
      count,
      dimensions: 2,
    });
    expect(map).toEqual(new Float32Array(count * 2));
  });

  test.each([2, 3, 8, 15])('%i rows get different finite positions', async (count) => {
    const dimensions = 5;
    const vectors = clusteredUnitRows({ count, dimensions, clusters: count, spread: 0, seed: 3 });
    const map = await layoutMap({ vectors, count, dimensions });
    const positions = new Set(
      Array.from({ length: count }, (_, row) => `${map[2 * row]!} ${map[2 * row + 1]!}`),
    );
    expect(map.every(Number.isFinite)).toBe(true);
    expect(positions.size).toBe(count);
  });

  test('equal rows and rows of zeros stay finite', async () => {
    const count = 60;
    const vectors = normaliseRows(new Float32Array(count * 4).fill(1), 4);
    const equal = await layoutMap({ vectors, count, dimensions: 4 });
    const zeros = await layoutMap({ vectors: new Float32Array(count * 4), count, dimensions: 4 });
    for (const map of [equal, zeros]) {
      expect(map.every((value) => Number.isFinite(value) && Math.abs(value) < 1000)).toBe(true);
    }
  });
});

describe('what a map refuses', () => {
  test.each([
    [{ neighbours: 1 }, 'neighbours must be a whole number of at least 2, not 1'],
    [{ minDistance: 2 }, 'minDistance must be from 0 to spread (1), not 2'],
    [{ spread: 0 }, 'spread must be above 0, not 0'],
    [{ epochs: 0 }, 'epochs must be a whole number of at least 1, not 0'],
    [{ seed: 0.5 }, 'seed must be a whole number of at least 0, not 0.5'],
  ])('%o', async (parameters, sentence) => {
    await expect(layoutMap({ ...emoji, parameters })).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining(sentence) as string,
    });
  });

  test('too few neighbours for the parameters', async () => {
    const layout = layoutMap({ ...emoji, neighbours, parameters: { neighbours: 30 } });
    await expect(layout).rejects.toThrow(
      'The map needs 29 neighbours of each of 500 pictures, got 14',
    );
  });

  test('a row that is not finite', async () => {
    const vectors = emoji.vectors.slice();
    vectors[5] = NaN;
    await expect(layoutMap({ ...emoji, vectors })).rejects.toThrow('row 0 holds a value');
  });
});

test('the number of epochs falls with the number of pictures as in umap-js', () => {
  expect([2, 2500, 2501, 5001, 7501, 100_000].map(automaticEpochs)).toEqual([
    500, 500, 400, 300, 200, 200,
  ]);
});
