import { describe, expect, it } from 'vitest';
import { partnerRanks } from '../../../src-main/engine/evaluation/partner-ranks.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { randomUnitRows } from '../../../src-main/engine/numeric/random-unit-rows.ts';

const noWait = (): Promise<void> => Promise.resolve();

/** Rows at these angles of the unit circle, in degrees: a smaller difference is a larger cosine. */
function circle(angles: readonly number[]) {
  const vectors = Float32Array.from(
    angles.flatMap((angle) => [
      Math.cos((angle * Math.PI) / 180),
      Math.sin((angle * Math.PI) / 180),
    ]),
  );
  return { vectors, count: angles.length, dimensions: 2 };
}

describe('ranks of partners', () => {
  it('count the rows that are nearer, without itself and its other partners', async () => {
    const rows = circle([0, 10, 20, 30, 40, 50]);
    const ranks = await partnerRanks(
      rows,
      [
        { row: 0, partners: [3], group: [] },
        { row: 0, partners: [1, 3, 5], group: [] },
        { row: 5, partners: [0], group: [0, 3, 5] },
      ],
      noWait,
    );
    // 10 and 20 degrees are nearer than 30; of the three partners only 20, and then 20 and 40, compete.
    // From 50 degrees, 40, 20 and 10 are nearer than 0; 30 is of the group.
    expect(ranks.map((some) => [...some])).toEqual([[3], [1, 2, 3], [4]]);
  });

  it('count a row that is as similar half: one vector for all pictures is in the middle', async () => {
    const rows = { vectors: new Float32Array(11).fill(1), count: 11, dimensions: 1 };
    const wanted = [
      { row: 0, partners: [1], group: [] },
      { row: 0, partners: [1, 2], group: [] },
    ];
    const ranks = await partnerRanks(rows, wanted, noWait);
    expect(ranks.map((some) => [...some])).toEqual([[5.5], [5, 5]]);
  });

  it('are those of sorting all cosines', async () => {
    const [count, dimensions] = [80, 6];
    const vectors = randomUnitRows(count, dimensions, seedRandom(5));
    const wanted = Array.from({ length: 20 }, (_, row) => ({
      row,
      partners: [(row + 31) % count, (row + 57) % count].slice(row % 2),
      group: [],
    }));
    const found = await partnerRanks({ vectors, count, dimensions }, wanted, noWait);
    const cosine = (one: number, other: number): number =>
      Array.from({ length: dimensions }, (_, at) => at).reduce(
        (sum, at) => sum + vectors[one * dimensions + at]! * vectors[other * dimensions + at]!,
        0,
      );
    for (const [index, { row, partners }] of wanted.entries()) {
      const others = Array.from({ length: count }, (_, other) => other).filter(
        (other) => other !== row && !partners.includes(other),
      );
      const expected = partners.map(
        (partner) => 1 + others.filter((other) => cosine(row, other) > cosine(row, partner)).length,
      );
      expect([...found[index]!]).toEqual(expected);
    }
  });
});
