import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, test } from 'vitest';
import { rankBySimilarity } from '../../../src-main/engine/numeric/similarity-rank.ts';

/** All candidates by a full, stable sort. */
function sorted(similarities: Float64Array): number[] {
  return Array.from(similarities.keys()).sort(
    (a, b) => similarities[b]! - similarities[a]! || a - b,
  );
}

const numbers = (count: number, valueOf: (random: () => number, index: number) => number) => {
  const generator = xoroshiro128plus(7);
  return Float64Array.from({ length: count }, (_, index) =>
    valueOf(() => uniformFloat64(generator), index),
  );
};

describe('ranking by similarity', () => {
  test.each([
    ['spread evenly', numbers(5000, (random) => 2 * random() - 1)],
    ['in two clusters', numbers(5000, (random, index) => (index % 9 ? 0.05 : 0.9) + random() / 50)],
    ['with many ties', numbers(5000, (random) => Math.round(20 * random()) / 20)],
    ['all equal', new Float64Array(5000).fill(0.25)],
    ['all in one level but one', numbers(5000, (random, index) => (index ? 1e-9 * random() : -1))],
    ['that differ by the last bit', numbers(300, (random) => 1 + 2 ** -52 * Math.round(random()))],
    ['that differ by less than can be divided', Float64Array.of(5e-324, 0, 1e-323, 0)],
    ['with both zeros', Float64Array.of(0, -0, 1e-300, -0, 0)],
    ['of infinite size', Float64Array.of(1, Infinity, -Infinity, Infinity, 0)],
    ['rising', Float64Array.from({ length: 100 }, (_, index) => index)],
    ['one', Float64Array.of(0.5)],
    ['none', new Float64Array(0)],
  ])('is that of a full sort, for similarities %s', (_, similarities) => {
    const { order, rank } = rankBySimilarity(similarities);
    expect([...order]).toEqual(sorted(similarities));
    for (const [place, candidate] of order.entries()) expect(rank[candidate]).toBe(place);
  });

  test('does not take what is not a number', () => {
    expect(() => rankBySimilarity(Float64Array.of(0.1, NaN, 0.2))).toThrow(/not a number/);
  });
});
