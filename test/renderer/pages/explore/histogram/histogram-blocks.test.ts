import { describe, expect, it } from 'vitest';
import { binNames } from '../../../../../src-main/contract/bins.ts';
import { stackedBlocks } from '../../../../../src-renderer/pages/explore/histogram/histogram-blocks.ts';
import { similarityColumns } from '../../../../../src-renderer/pages/explore/histogram/similarity-columns.ts';
import { manySimilarities, ofSimilarities as explain } from './many-similarities.ts';

const manyExplained = explain(manySimilarities(2000), (rank) => binNames[rank % 5]!);

describe('the columns of a histogram as blocks', () => {
  const height = 104;

  it('stand on the axis without a gap, hard ones lowest', () => {
    const columns = similarityColumns(manyExplained, 40);
    const blocks = stackedBlocks(columns, height);
    for (let column = 0; column < 40; column++) {
      const stack = blocks.filter((block) => block.column === column);
      let floor = height;
      for (const { y, height: high } of stack) {
        expect(y + high).toBeCloseTo(floor, 6);
        expect(high).toBeGreaterThan(0);
        floor = y;
      }
      const order = ['hard', 'false', 'suspected', 'ring', 'easy'];
      const indices = stack.map(({ bin }) => order.indexOf(bin));
      expect(indices).toEqual(indices.toSorted((a, b) => a - b));
      const total = columns.counts.subarray(column * 5, column * 5 + 5).reduce((a, b) => a + b, 0);
      expect(height - floor).toBeCloseTo(Math.sqrt(total / columns.tallest) * 100, 6);
    }
    expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length);
  });

  it('are four times the count where they are twice as high', () => {
    const columns = similarityColumns(explain([0.95, 0.95, 0.95, 0.95, 0.05]), 10);
    const blocks = stackedBlocks(columns, height);
    expect(blocks.map(({ column, height: high }) => [column, high])).toEqual([
      [0, 50],
      [9, 100],
    ]);
  });

  it('are none where there is no candidate', () => {
    expect(stackedBlocks(similarityColumns(explain([]), 10), height)).toEqual([]);
  });
});
