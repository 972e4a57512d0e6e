import { describe, expect, it } from 'vitest';
import { mineInput } from '../../../src-main/contract/mining.ts';
import type { MineInput } from '../../../src-main/contract/mining.ts';
import { cellOf } from '../../../src-main/engine/formats/tables/cell-values.ts';
import { minedTable } from '../../../src-main/engine/exchange/mining/mining-tables.ts';
import type { TableChunk } from '../../../src-main/engine/formats/tables/table.ts';
import { mineRows } from '../../../src-main/engine/exchange/mining/mine-rows.ts';
import { leftOutReasons } from '../../../src-main/contract/mining.ts';
import { summariseScores } from '../../../src-main/engine/exchange/mining/summarise-scores.ts';
import { dotProduct } from '../../../src-main/engine/numeric/unit-rows.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';
import { naiveLayout, naiveMining } from './naive-mining.ts';

const count = 60;
const dimensions = 8;
const vectors = clusteredUnitRows({ count, dimensions, clusters: 6, spread: 0.8, seed: 7 });
const rows = { vectors, count, dimensions };
const labels = Int32Array.from({ length: count }, (_, row) => row % 6);
const nothingKnown = {
  labels: new Int32Array(count).fill(-1),
  labelMembers: [],
  groups: new Int32Array(count).fill(-1),
  same: [],
  different: [],
};
const similarity = Array.from({ length: count }, (_, one) =>
  Array.from({ length: count }, (_, other) =>
    dotProduct(rows.vectors, one * dimensions, other * dimensions, dimensions),
  ),
);

function inputOf(rules: Partial<MineInput>): MineInput {
  return mineInput.parse({ run: 1, format: 'csv', file: 'x.csv', label_aware: false, ...rules });
}

function mine(rules: Partial<MineInput>, known: Parameters<typeof mineRows>[1] = nothingKnown) {
  return mineRows(rows, known, inputOf(rules), () => Promise.resolve());
}

const ruleSets: readonly Partial<MineInput>[] = [
  {},
  { num_negatives: 5 },
  { range_min: 3, range_max: 20 },
  { range_min: 2, absolute_margin: 0.4 },
  { relative_margin: 0.5, num_negatives: 4 },
  { max_score: 0.5, range_min: 1 },
  { min_score: 0.3, range_max: 30, num_negatives: 10 },
  { absolute_margin: 0.1, relative_margin: 0.6, max_score: 0.6, min_score: 0.1, range_min: 2 },
  { relative_margin: 0.05, range_min: 10, range_max: 50, num_negatives: 5, max_score: 0.8 },
];

describe('parity with mine_hard_negatives', () => {
  /** Documents are all pictures but the anchor, which stands at the end with a score that is never reached. */
  const withoutItself = similarity.map((scores, query) =>
    scores.map((score, document) => (document === query ? -Infinity : score)),
  );

  it.each(ruleSets)(
    'gives the same top negatives where a picture is its own positive: %j',
    async (rules) => {
      const { anchors } = await mine(rules);
      const expected = naiveMining(
        similarity,
        Array.from({ length: count }, (_, row) => [row]),
        inputOf(rules),
      );
      expect(anchors.map(({ negatives }) => negatives)).toEqual(
        expected.map(({ negatives }) => negatives),
      );
    },
  );

  it.each(ruleSets)(
    'gives the same top negatives with many positives of a label: %j',
    async (rules) => {
      const { anchors } = await mine(
        { ...rules, positives: 'label', positives_per_anchor: 0 },
        { ...nothingKnown, labels },
      );
      const positives = Array.from({ length: count }, (_, query) =>
        [...labels.keys()].filter((row) => row !== query && labels[row] === labels[query]),
      );
      const expected = naiveMining(withoutItself, positives, inputOf(rules));
      expect(anchors.map(({ negatives }) => negatives)).toEqual(
        expected.map(({ negatives }) => negatives),
      );
    },
  );

  it.each(ruleSets)(
    'draws from the same window, sorted by score, as often as asked: %j',
    async (rules) => {
      const { anchors } = await mine({ ...rules, sampling_strategy: 'random' });
      const expected = naiveMining(
        similarity,
        Array.from({ length: count }, (_, row) => [row]),
        { ...inputOf(rules), sampling_strategy: 'random' },
      );
      for (const [query, { negatives }] of anchors.entries()) {
        const { window } = expected[query]!;
        const indices = negatives.map((row) => window.indexOf(row));
        expect(indices).not.toContain(-1);
        expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b));
        expect(indices).toHaveLength(Math.min(inputOf(rules).num_negatives, window.length));
      }
    },
  );

  it('draws every rank of the window about equally often', async () => {
    const drawn = new Map<number, number>();
    for (let seed = 1; seed <= 400; seed++) {
      const { anchors } = await mine({
        sampling_strategy: 'random',
        range_max: 6,
        num_negatives: 2,
        seed,
      });
      const window = similarity[0]!
        .map((score, row) => ({ score, row }))
        .sort((a, b) => b.score - a.score)
        .slice(1, 7);
      for (const row of anchors[0]!.negatives) {
        const index = window.findIndex((one) => one.row === row);
        drawn.set(index, (drawn.get(index) ?? 0) + 1);
      }
    }
    // 800 draws of 6 ranks: 133 each, with a standard deviation of 9.4.
    expect([...drawn.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    for (const times of drawn.values()) expect(Math.abs(times - 133)).toBeLessThan(45);
  });

  it('gives the same with the same seed, another with another', async () => {
    const rules = { sampling_strategy: 'random', range_max: 20 } as const;
    const [once, again, other] = [
      await mine({ ...rules, seed: 3 }),
      await mine({ ...rules, seed: 3 }),
      await mine({ ...rules, seed: 4 }),
    ];
    const negativesOf = ({ anchors }: typeof once) => anchors.map(({ negatives }) => negatives);
    expect(negativesOf(again)).toEqual(negativesOf(once));
    expect(negativesOf(other)).not.toEqual(negativesOf(once));
  });

  it.each([
    [{ range_min: 5, range_max: 5 }, /range_min must be smaller than range_max: they are 5 and 5/],
    [{ range_min: 5, range_max: 7 }, /leave 2 candidates, fewer than the 3 of num_negatives/],
  ])('refuses a window without room: %j', async (rules, sentence) => {
    await expect(mine(rules)).rejects.toThrow(sentence);
  });

  it('sets range_max as the original does', async () => {
    const range = async (rules: Partial<MineInput>) => (await mine(rules)).rules.range_max;
    expect(await range({})).toBe(4);
    expect(await range({ min_score: 0.1 })).toBe(4);
    expect(await range({ max_score: 0.9, range_min: 2 })).toBe(33);
    expect(await range({ absolute_margin: 0 })).toBe(31);
  });
});

describe('the layouts of mine_hard_negatives', () => {
  // Few candidates pass, so that some anchors have too few negatives and some none.
  const rules = { relative_margin: 0.1, range_max: 6, num_negatives: 3 } as const;
  const names = Array.from({ length: count }, (_, row) => `picture ${row}`);
  const own = { ...rules, positives: 'label', positives_per_anchor: 2 } as const;
  const layouts = mineInput.shape.output_format.unwrap().options;

  it.each(layouts)('have its columns and rows: %s', async (output_format) => {
    const { anchors } = await mine(own, { ...nothingKnown, labels });
    expect(new Set(anchors.map(({ negatives }) => negatives.length)).size).toBeGreaterThan(2);
    const mined = { anchors, names, source: {} };
    for (const output_scores of [false, true]) {
      const table = minedTable(mined, inputOf({ ...own, output_format, output_scores }));
      const [chunk] = [...(table.chunks() as Iterable<TableChunk>)];
      const cells = Array.from({ length: table.count }, (_, row) =>
        Object.fromEntries(
          table.columns.map((column, index) => [
            column.name,
            cellOf(column, chunk!.values[index]!, row),
          ]),
        ),
      );
      const expected = naiveLayout(anchors, names, { ...rules, output_format, output_scores });
      expect(cells).toHaveLength(expected.length);
      for (const [row, wanted] of expected.entries()) {
        expect(Object.keys(cells[row]!)).toEqual(Object.keys(wanted));
        expect(withRoundedNumbers(cells[row])).toEqual(withRoundedNumbers(wanted));
      }
    }
  });
});

/** Scores are float32 in files. */
function withRoundedNumbers(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, own: unknown) =>
      typeof own === 'number' ? Number(own.toFixed(5)) : own,
    ),
  );
}

describe('what mining knows besides', () => {
  const known = {
    labels,
    labelMembers: [],
    groups: Int32Array.from({ length: count }, (_, row) => (row === 0 || row === 1 ? 0 : -1)),
    same: [],
    different: [[0, 6]] as const,
  };

  it('leaves out the same label and what was judged the same, but not what was judged different', async () => {
    const { anchors } = await mine({ label_aware: true, num_negatives: 55 }, known);
    const [first] = anchors;
    const expected = [...labels.keys()].filter(
      (row) => row === 6 || (row !== 0 && row !== 1 && labels[row] !== labels[0]),
    );
    expect(first!.negatives.toSorted((a, b) => a - b)).toEqual(expected);
    const reasonOf = (row: number) =>
      leftOutReasons[first!.leftOut.reasons[first!.leftOut.rows.indexOf(row)] ?? -1];
    expect([reasonOf(0), reasonOf(1), reasonOf(12)]).toEqual([
      'positive',
      'judged-same',
      'same-label',
    ]);
  });

  it('has as many negatives as without labels: what is excluded is no candidate', async () => {
    const { anchors } = await mine({ label_aware: true, num_negatives: 5 }, known);
    expect(anchors.every(({ negatives }) => negatives.length === 5)).toBe(true);
  });

  it('gives a reason for each candidate that is no negative, and only for those', async () => {
    const rules = { relative_margin: 0.5, max_score: 0.6, min_score: -0.1, range_min: 1 } as const;
    const { anchors } = await mine(
      { ...rules, label_aware: true, positives: 'label', positives_per_anchor: 2 },
      known,
    );
    const seen = new Set<string>();
    for (const { negatives, leftOut } of anchors) {
      const ranks = [...leftOut.ranks, ...negatives.map(() => -1)];
      expect(leftOut.rows.some((row) => negatives.includes(row))).toBe(false);
      // Together they are the most similar pictures, without a gap.
      expect(Math.max(...leftOut.ranks)).toBeLessThan(ranks.length);
      for (const reason of leftOut.reasons) seen.add(leftOutReasons[reason]!);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['itself', 'same-label', 'relative-margin', 'before-range-min']),
    );
  });

  it('takes positives from verdicts, and no picture without one as an anchor', async () => {
    const { anchors, withoutPositive } = await mine({ positives: 'verdict' }, known);
    expect(anchors.map(({ anchor, positives }) => [anchor, positives])).toEqual([
      [0, [1]],
      [1, [0]],
    ]);
    expect(withoutPositive).toBe(count - 2);
  });

  it('summarises scores as torch does', () => {
    expect(summariseScores([4, 1, 2, 3])).toEqual({
      ...{ count: 4, mean: 2.5, median: 2.5, min: 1, max: 4, '25%': 1.75, '75%': 3.25 },
      std: Math.sqrt(5 / 3),
    });
    expect(summariseScores([]).mean).toBeNull();
  });
});
