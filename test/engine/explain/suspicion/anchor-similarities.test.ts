import { expect, test } from 'vitest';
import { eachAnchorsSimilarities } from '../../../../src-main/engine/explain/suspicion/anchor-similarities.ts';
import {
  rowSimilarity,
  twoSidedRows,
  type ComparedRows,
} from '../../../../src-main/engine/numeric/two-sided-rows.ts';
import { clusteredUnitRows } from '../../neighbours/random-unit-rows.ts';

function rowsOf(count: number, dimensions: number): ComparedRows {
  const vectors = clusteredUnitRows({ count, dimensions, clusters: 7, spread: 0.6, seed: 2 });
  return { vectors, count, dimensions };
}

/** The anchors in the order in which they came, with the largest difference from plain products. */
async function differences(rows: ComparedRows, anchors: Uint32Array) {
  const seen: number[] = [];
  let largest = 0;
  await eachAnchorsSimilarities(rows, anchors, (index, similarities) => {
    seen.push(index);
    expect(similarities).toHaveLength(rows.count);
    for (let other = 0; other < rows.count; other++) {
      const plain = rowSimilarity(rows, anchors[index]!, other);
      largest = Math.max(largest, Math.abs(similarities[other]! - plain));
    }
  });
  return { seen, largest };
}

const anchors = Uint32Array.from({ length: 37 }, (_, index) => (index * 131) % 5001);

test.each([
  ['many rows, in several parts', rowsOf(9001, 64)],
  ['few rows', rowsOf(5001, 8)],
  ['rows of two sides', twoSidedRows(rowsOf(5001, 128))],
])('the similarities of anchors to %s are those of plain loops in float64', async (_, rows) => {
  const { seen, largest } = await differences(rows, anchors);
  expect(seen).toEqual(Array.from(anchors.keys()));
  expect(largest).toBeLessThan(1e-14);
});
