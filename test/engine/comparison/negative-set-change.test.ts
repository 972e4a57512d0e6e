import { describe, expect, test } from 'vitest';
import { knownBins, mutualSuspects } from '../../../src-main/engine/verdicts/false-pairs.ts';
import type { KnownBinsOf, KnownPairs } from '../../../src-main/engine/verdicts/false-pairs.ts';
import type { ExplanationSettings } from '../../../src-main/engine/explain/explain-anchor.ts';
import { negativeSetChanges } from '../../../src-main/engine/comparison/negative-set-change.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { count, dimensions, randomRows, settings } from './made-up-runs.ts';

const anchors = Uint32Array.from({ length: 90 }, (_, index) => 4 * index);
const labels = Int32Array.from({ length: count }, (_, row) => (row % 5) - 1);
const known = {
  labels,
  groups: new Int32Array(count).fill(-1),
  labelMembers: [],
  same: [],
  different: [],
};

/** The sets of an anchor's negatives by sorting all others, by the rule in docs/formulas.md. */
function setsOf(
  vectors: Float32Array,
  anchor: number,
  { temperature: t, beta, hardShare, objective }: ExplanationSettings,
  knownBin: ReturnType<KnownBinsOf>,
) {
  const similarity = (row: number): number => {
    let total = 0;
    for (let d = 0; d < dimensions; d++) {
      total += vectors[anchor * dimensions + d]! * vectors[row * dimensions + d]!;
    }
    return total;
  };
  const ranked = [...Array(count).keys()]
    .filter((row) => row !== anchor)
    .map((row) => ({ row, value: similarity(row) }))
    .sort((a, b) => b.value - a.value);
  const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);
  const weight = ranked.map(({ value }) => Math.exp((beta * value) / t));
  const mass = ranked.map(({ value }) => Math.exp(((beta + 1) * value) / t));
  const [weights, masses] = [sumOf(weight), sumOf(mass)];
  const share = mass.map(
    (one, rank) => ((beta + 1) * one) / masses - (beta * weight[rank]!) / weights,
  );
  const wanted = hardShare * sumOf(share.filter((one) => one > 0));
  const outer = Math.trunc(0.1 * ranked.length);
  const inner = Math.trunc(0.1 * outer);
  const sets = {
    hard: new Set<number>(),
    false: new Set<number>(),
    suspected: new Set<number>(),
    ring: new Set<number>(),
  };
  let taken = 0;
  for (const [rank, { row }] of ranked.entries()) {
    const isHard = taken < wanted;
    taken += share[rank]!;
    const isRing = rank >= inner && rank < outer;
    if (!isHard && !isRing) continue;
    const isFirst = objective === 'ring' ? isRing : !isHard;
    sets[knownBin(row) ?? (isFirst ? 'ring' : 'hard')].add(row);
  }
  return sets;
}

describe('negative sets of two runs', () => {
  const simclr = { ...settings, hardShare: 0.05 };
  const hcl = {
    ...settings,
    objective: 'hard',
    beta: 2,
    temperature: 0.3,
    hardShare: 0.5,
  } as const;
  const ring = { ...settings, objective: 'ring', hardShare: 0.2 } as const;

  test.each([
    ['of one loss', simclr, simclr],
    ['each by its own loss', simclr, hcl],
    ['one with a ring of its own', hcl, ring],
  ])('%s: change by what sorting and comparing sets says, in blocks', async (_what, one, other) => {
    const runs = [randomRows(1), randomRows(2)] as const;
    const sides = await Promise.all(
      runs.map(async (vectors, index) => {
        const rows = { vectors, count, dimensions };
        const neighbours = await exactNeighbours({ ...rows, k: 15, threads: 1 });
        const knownBin = knownBins(known, mutualSuspects(neighbours));
        return { ...rows, settings: index === 0 ? one : other, knownBin };
      }),
    );
    const fractions: number[] = [];
    const [first, second] = sides as [(typeof sides)[0], (typeof sides)[0]];
    const found = await negativeSetChanges([first, second], anchors, async (fraction) => {
      fractions.push(fraction);
      return Promise.resolve();
    });
    const setsIn = (side: typeof first, anchor: number) =>
      setsOf(side.vectors, anchor, side.settings, side.knownBin(anchor));
    const sets = [...anchors].map(
      (anchor) => [setsIn(first, anchor), setsIn(second, anchor)] as const,
    );
    for (const bin of ['hard', 'false', 'suspected', 'ring'] as const) {
      const totals = { kept: 0, new: 0, gone: 0 };
      for (const [before, after] of sets) {
        totals.kept += [...before[bin]].filter((row) => after[bin].has(row)).length;
        totals.new += [...after[bin]].filter((row) => !before[bin].has(row)).length;
        totals.gone += [...before[bin]].filter((row) => !after[bin].has(row)).length;
      }
      for (const part of ['kept', 'new', 'gone'] as const) {
        expect(found[bin][part], `${bin} ${part}`).toBeCloseTo(totals[part] / anchors.length, 9);
      }
      expect(totals.new + totals.gone).toBeGreaterThan(0);
    }
    expect(fractions).toEqual([64 / 90, 1]);
  });
});

describe('what is known and suspected', () => {
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

  const binsFrom = (known: KnownPairs) => knownBins(known, mutualSuspects(neighbours));

  test('are false by the label, unless judged different, and suspected without one', () => {
    const binOf = binsFrom(facts)(1);
    expect([0, 2, 3].map(binOf)).toEqual(['suspected', null, 'false']);
  });

  test('are mutual nearest neighbours where a label is missing', () => {
    const binOf = binsFrom(facts)(0);
    expect([1, 2, 3].map(binOf)).toEqual(['suspected', null, null]);
  });

  test('are those judged the same, whatever their labels', () => {
    const groups = Int32Array.from([-1, 3, 3, -1]);
    const binOf = binsFrom({ ...facts, groups, same: [], different: [] })(2);
    expect([0, 1, 3].map(binOf)).toEqual([null, 'false', 'false']);
  });

  test('are not a pair judged different itself, whatever a chain of others says', () => {
    const groups = Int32Array.from([-1, 3, 3, -1]);
    const binOf = binsFrom({ ...facts, groups })(2);
    expect([0, 1, 3].map(binOf)).toEqual([null, null, 'false']);
  });

  test('are not those different through a group, even by a picture that is not compared', () => {
    // Rows 4 and 5 stand for pictures that only verdicts know: the same as 1 and different from 3.
    const groups = Int32Array.from([-1, 3, -1, -1, 3, 3]);
    const apart = [
      [4, 3],
      [5, 3],
    ] as const;
    const binOf = binsFrom({ ...facts, groups, different: apart })(1);
    expect([0, 2, 3].map(binOf)).toEqual(['suspected', 'false', null]);
    // One of the two verdicts alone may be wrong.
    const once = binsFrom({ ...facts, groups, different: apart.slice(1) })(1);
    expect(once(3)).not.toBeNull();
  });
});
