import { describe, expect, test } from 'vitest';
import { falsePairs } from '../../../src-main/engine/verdicts/false-pairs.ts';
import { negativeSetChanges } from '../../../src-main/engine/comparison/negative-set-change.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { count, dimensions, randomRows } from './made-up-runs.ts';

const anchors = Uint32Array.from({ length: 90 }, (_, index) => 4 * index);
const labels = Int32Array.from({ length: count }, (_, row) => (row % 5) - 1);
const known = {
  labels,
  groups: new Int32Array(count).fill(-1),
  labelMembers: [],
  same: [],
  different: [],
};

/** The bins of an anchor by sorting all others. */
function binsOf(vectors: Float32Array, anchor: number, isFalse: (row: number) => boolean) {
  const similarity = (row: number): number => {
    let total = 0;
    for (let d = 0; d < dimensions; d++) {
      total += vectors[anchor * dimensions + d]! * vectors[row * dimensions + d]!;
    }
    return total;
  };
  const others = [...Array(count).keys()].filter((row) => row !== anchor);
  const ranked = others
    .map((row) => ({ row, value: similarity(row) }))
    .sort((a, b) => b.value - a.value)
    .slice(0, Math.trunc(0.1 * others.length))
    .map(({ row }) => row);
  const inner = Math.trunc(0.1 * ranked.length);
  return {
    hard: new Set(ranked.filter((row, rank) => rank < inner && !isFalse(row))),
    false: new Set(ranked.filter(isFalse)),
    ring: new Set(ranked.filter((row, rank) => rank >= inner && !isFalse(row))),
  };
}

describe('negative sets of two runs', () => {
  test('change by what sorting and comparing sets says, in blocks', async () => {
    const runs = [randomRows(1), randomRows(2)] as const;
    const sides = await Promise.all(
      runs.map(async (vectors) => {
        const rows = { vectors, count, dimensions };
        const neighbours = await exactNeighbours({ ...rows, k: 15, threads: 1 });
        return { ...rows, isFalse: falsePairs(known, neighbours) };
      }),
    );
    const fractions: number[] = [];
    const [first, second] = sides as [(typeof sides)[0], (typeof sides)[0]];
    const found = await negativeSetChanges([first, second], anchors, async (fraction) => {
      fractions.push(fraction);
      return Promise.resolve();
    });
    for (const bin of ['hard', 'false', 'ring'] as const) {
      const totals = { kept: 0, new: 0, gone: 0 };
      for (const anchor of anchors) {
        const before = binsOf(runs[0], anchor, first.isFalse(anchor))[bin];
        const after = binsOf(runs[1], anchor, second.isFalse(anchor))[bin];
        totals.kept += [...before].filter((row) => after.has(row)).length;
        totals.new += [...after].filter((row) => !before.has(row)).length;
        totals.gone += [...before].filter((row) => !after.has(row)).length;
      }
      for (const part of ['kept', 'new', 'gone'] as const) {
        expect(found[bin][part], `${bin} ${part}`).toBeCloseTo(totals[part] / anchors.length, 9);
      }
    }
    expect(fractions).toEqual([64 / 90, 1]);
  });
});

describe('false negatives', () => {
  const neighbours = {
    // 0 and 1 are each other's nearest; 2 has 0, which has not 2.
    rows: Int32Array.from([1, 0, 0, 2]),
    similarities: new Float32Array(4),
    k: 1,
  };
  const facts = {
    labels: Int32Array.from([-1, 5, 5, 5]),
    labelMembers: [],
    groups: Int32Array.from([-1, -1, 3, -1]),
    same: [],
    different: [[1, 2]] as const,
  };

  test('are those of the label, unless judged different', () => {
    const isFalse = falsePairs(facts, neighbours)(1);
    expect([0, 2, 3].map(isFalse)).toEqual([true, false, true]);
  });

  test('are mutual nearest neighbours where a label is missing', () => {
    const isFalse = falsePairs(facts, neighbours)(0);
    expect([1, 2, 3].map(isFalse)).toEqual([true, false, false]);
  });

  test('are those judged the same, whatever their labels', () => {
    const groups = Int32Array.from([-1, 3, 3, -1]);
    const isFalse = falsePairs({ ...facts, groups, same: [], different: [] }, neighbours)(2);
    expect([0, 1, 3].map(isFalse)).toEqual([false, true, true]);
  });

  test('are not a pair judged different itself, whatever a chain of others says', () => {
    const groups = Int32Array.from([-1, 3, 3, -1]);
    const isFalse = falsePairs({ ...facts, groups }, neighbours)(2);
    expect([0, 1, 3].map(isFalse)).toEqual([false, false, true]);
  });

  test('are not those different through a group, even by a picture that is not compared', () => {
    // Rows 4 and 5 stand for pictures that only verdicts know: the same as 1 and different from 3.
    const groups = Int32Array.from([-1, 3, -1, -1, 3, 3]);
    const apart = [
      [4, 3],
      [5, 3],
    ] as const;
    const isFalse = falsePairs({ ...facts, groups, different: apart }, neighbours)(1);
    expect([0, 2, 3].map(isFalse)).toEqual([true, true, false]);
    // One of the two verdicts alone may be wrong.
    const once = falsePairs({ ...facts, groups, different: apart.slice(1) }, neighbours)(1);
    expect([0, 2, 3].map(once)).toEqual([true, true, true]);
  });
});
