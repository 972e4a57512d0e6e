import { describe, expect, test } from 'vitest';
import { bootstrapMean } from '../../../src-main/engine/comparison/bootstrap-mean.ts';
import { compareRows } from '../../../src-main/engine/comparison/compare-rows.ts';
import { linearCka } from '../../../src-main/engine/comparison/linear-cka.ts';
import { chiSquareTail, mcnemar } from '../../../src-main/engine/comparison/mcnemar.ts';
import { rankBiasedOverlap } from '../../../src-main/engine/comparison/rank-biased-overlap.ts';
import { isWithin, similarityCut } from '../../../src-main/engine/comparison/similarity-cut.ts';
import { alignMaps } from '../../../src-main/engine/map/align-maps.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { seedRandom } from '../../../src-main/engine/training/random.ts';
import { normaliseRows } from '../neighbours/random-unit-rows.ts';

const count = 400;
const dimensions = 8;
const k = 15;

function randomRows(seed: number): Float32Array {
  const random = seedRandom(seed);
  const rows = Float32Array.from({ length: count * dimensions }, () => random.normal());
  return normaliseRows(rows, dimensions);
}

/** Turned by 0.6 and 0.8 in each pair of dimensions: orthogonal. */
function rotated(rows: Float32Array): Float32Array {
  return rows.map((value, place) => {
    const isFirst = place % 2 === 0;
    const partner = rows[isFirst ? place + 1 : place - 1]!;
    return isFirst ? 0.6 * value - 0.8 * partner : 0.8 * partner + 0.6 * value;
  });
}

async function compared(first: Float32Array, second: Float32Array) {
  const side = async (vectors: Float32Array) => ({
    vectors,
    count,
    dimensions,
    neighbours: await exactNeighbours({ vectors, count, dimensions, k, threads: 1 }),
  });
  const labels = Int32Array.from({ length: count }, (_, row) => row % 4);
  const known = { labels, groups: new Int32Array(count).fill(-1), different: [] };
  const options = { k, most: 3, seed: 1, breathe: () => Promise.resolve() };
  return compareRows(await side(first), await side(second), known, options);
}

const same = { mean: 1, low: 1, high: 1 };

describe('compareRows', () => {
  test('gives exactly 1 everywhere for identical runs', async () => {
    const result = await compared(randomRows(1), randomRows(1));
    expect(result).toMatchObject({ neighbourOverlap: same, rankBiasedOverlap: same, cka: 1 });
    expect(result.hardness).toEqual({ mean: 0, low: 0, high: 0 });
    expect(result.accuracy).toMatchObject({ a: result.accuracy!.b, p: 1 });
    const { hard, false: falsePairs, ring } = result.negatives;
    for (const bin of [hard, falsePairs, ring]) expect(bin).toMatchObject({ new: 0, gone: 0 });
    // 399 others: the outer cut keeps 39 of them, the inner cut 3.
    expect(hard.kept + falsePairs.kept + ring.kept).toBeCloseTo(39, 9);
    expect(hard.kept).toBeLessThanOrEqual(3);
  });

  test('gives 1 for a rotated copy', async () => {
    const result = await compared(randomRows(1), rotated(randomRows(1)));
    expect(result.neighbourOverlap.mean).toBeCloseTo(1, 3);
    expect(result.rankBiasedOverlap.mean).toBeCloseTo(1, 3);
    expect(result.cka).toBeCloseTo(1, 6);
  });

  test('gives what chance predicts for unrelated runs', async () => {
    const result = await compared(randomRows(1), randomRows(2));
    // The shared neighbours of two random sets of k among N are hypergeometric.
    const others = count - 1;
    const choose = (n: number, m: number): number =>
      Array.from({ length: m }).reduce<number>((ways, _, i) => (ways * (n - i)) / (i + 1), 1);
    let jaccard = 0;
    for (let shared = 0; shared <= k; shared++) {
      const chance = (choose(k, shared) * choose(others - k, k - shared)) / choose(others, k);
      jaccard += (chance * shared) / (2 * k - shared);
    }
    expect(result.neighbourOverlap.mean).toBeCloseTo(jaccard, 2);
    expect(result.neighbourOverlap.low).toBeLessThan(result.neighbourOverlap.mean);
    // The first d ranks share d² / N on average, so that their agreement is d / N.
    const p = 0.9;
    let expected = (k / others) * p ** k;
    for (let d = 1; d <= k; d++) expected += (1 - p) * p ** (d - 1) * (d / others);
    expect(result.rankBiasedOverlap.mean).toBeCloseTo(expected, 2);
    // E‖YᵀX‖² = n for entries of variance 1/d, E‖XᵀX‖² = n²/d + n.
    expect(result.cka).toBeCloseTo(dimensions / (count + dimensions), 2);
    expect(result.negatives.ring.new).toBeGreaterThan(result.negatives.ring.kept);
  });
});

describe('rank-biased overlap', () => {
  const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

  test('of the lists abcdefg and zcavwxy is what their agreements by hand add up to', () => {
    const agreements = [0, 0, 2 / 3, 2 / 4, 2 / 5, 2 / 6, 2 / 7];
    const p = 0.9;
    const sum = agreements.reduce((total, a, rank) => total + (1 - p) * p ** rank * a, 0);
    const expected = sum + p ** 7 * (2 / 7);
    expect(rankBiasedOverlap(letters('abcdefg'), letters('zcavwxy'), p)).toBeCloseTo(expected, 12);
  });

  test('is 0 for lists that share nothing and 1 for the same list', () => {
    expect(rankBiasedOverlap([1, 2, 3], [4, 5, 6])).toBeCloseTo(0, 12);
    expect(rankBiasedOverlap([1, 2, 3], [1, 2, 3])).toBe(1);
  });
});

describe('linear CKA', () => {
  test('is that of centred Gram matrices, for different dimensions too', () => {
    const rows = { vectors: randomRows(1).subarray(0, 10 * 8), count: 10, dimensions: 8 };
    const other = { vectors: randomRows(2).subarray(0, 10 * 5), count: 10, dimensions: 5 };
    const gram = ({ vectors, dimensions: d }: typeof rows): number[][] => {
      const row = (i: number): number[] => [...vectors.subarray(i * d, (i + 1) * d)];
      const dot = (i: number, j: number): number =>
        row(i).reduce((t, x, c) => t + x * row(j)[c]!, 0);
      const raw = Array.from({ length: 10 }, (_, i) =>
        Array.from({ length: 10 }, (_, j) => dot(i, j)),
      );
      const mean = (values: number[]): number => values.reduce((t, x) => t + x, 0) / values.length;
      const means = raw.map(mean);
      return raw.map((line, i) => line.map((x, j) => x - means[i]! - means[j]! + mean(means)));
    };
    const inner = (a: number[][], b: number[][]): number =>
      a.reduce((t, line, i) => t + line.reduce((u, x, j) => u + x * b[i]![j]!, 0), 0);
    const [x, y] = [gram(rows), gram(other)];
    const expected = inner(x, y) / Math.sqrt(inner(x, x) * inner(y, y));
    expect(linearCka(rows, other)).toBeCloseTo(expected, 10);
  });

  test('does not change with scale, and is null where all rows are the same', () => {
    const rows = { vectors: randomRows(1), count, dimensions };
    const scaled = { ...rows, vectors: rows.vectors.map((value) => 4 * value) };
    expect(linearCka(rows, scaled)).toBeCloseTo(1, 12);
    expect(linearCka(rows, { ...rows, vectors: new Float32Array(count * 8).fill(1) })).toBeNull();
  });
});

describe("McNemar's test", () => {
  test('is exact for few: 6 against 16 gives 110056 of 2^21 ways', () => {
    // 1 + 22 + 231 + 1540 + 7315 + 26334 + 74613 ways to have at most 6 of 22.
    expect(mcnemar(6, 16)).toBeCloseTo(110056 / 2 ** 21, 12);
    expect(mcnemar(16, 6)).toBe(mcnemar(6, 16));
    expect(mcnemar(0, 0)).toBe(1);
    expect(mcnemar(3, 3)).toBe(1);
  });

  test('takes the corrected chi-square for many: 59 against 121', () => {
    expect(mcnemar(59, 121)).toBe(chiSquareTail(61 ** 2 / 180));
    expect(mcnemar(50, 50)).toBe(1);
  });

  test.each([
    [0.4549364, 0.5],
    [3.841459, 0.05],
    [6.634897, 0.01],
    [10.827566, 0.001],
  ])("the tables' critical value %d has p = %d", (value, p) => {
    expect(chiSquareTail(value)).toBeCloseTo(p, 7);
  });
});

test('the bootstrap interval of a mean is about 1.96 standard errors to each side', () => {
  const random = seedRandom(3);
  const values = Float64Array.from({ length: 2000 }, () => random.normal());
  const { mean, low, high } = bootstrapMean(values, 1);
  expect(mean - low).toBeCloseTo(1.96 / Math.sqrt(2000), 2);
  expect(high - mean).toBeCloseTo(1.96 / Math.sqrt(2000), 2);
  expect(bootstrapMean(values, 1)).toEqual({ mean, low, high });
});

test('a cut keeps the ranks that sorting keeps, ties by lower row', () => {
  const random = seedRandom(4);
  const similarities = Float32Array.from({ length: 300 }, () => random.index(40) / 40);
  const sorted = [...similarities.keys()]
    .filter((row) => row !== 7)
    .sort((a, b) => similarities[b]! - similarities[a]! || a - b);
  for (const ranks of [0, 1, 29, 298, 299]) {
    const cut = similarityCut(similarities, 7, ranks);
    const within = sorted.filter((row) => isWithin(cut, similarities[row]!, row));
    expect(within).toEqual(sorted.slice(0, ranks));
  }
});

describe('alignMaps', () => {
  const map = Float32Array.from([0, 0, 4, 0, 4, 2, 1, 5]);

  test.each([1, -1])('undoes rotation, scale and shift (mirror %i)', (mirror) => {
    const moved = new Float32Array(map.length);
    for (let place = 0; place < map.length; place += 2) {
      const [x, y] = [map[place]!, mirror * map[place + 1]!];
      moved[place] = 3 * (0.6 * x - 0.8 * y) + 10;
      moved[place + 1] = 3 * (0.8 * x + 0.6 * y) - 5;
    }
    const { coordinates, residual } = alignMaps(map, moved);
    expect(residual).toBeCloseTo(0, 6);
    for (const [place, value] of coordinates.entries()) expect(value).toBeCloseTo(map[place]!, 4);
  });

  test('the residual is the share of the spread that is left over', () => {
    const moving = Float32Array.from([0, 0, 4, 1, 3, 2, 1, 4]);
    const { coordinates, residual } = alignMaps(map, moving);
    const [centreX, centreY] = [9 / 4, 7 / 4];
    const spread = map.reduce((t, v, i) => t + (v - (i % 2 ? centreY : centreX)) ** 2, 0);
    const left = map.reduce((t, v, i) => t + (v - coordinates[i]!) ** 2, 0);
    expect(residual).toBeCloseTo(left / spread, 5);
    expect(residual).toBeGreaterThan(0.001);
  });

  test('a map of one point fits nowhere', () => {
    expect(alignMaps(map, new Float32Array(8)).residual).toBe(1);
  });
});
