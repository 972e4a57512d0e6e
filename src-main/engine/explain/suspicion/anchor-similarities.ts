import { setImmediate } from 'node:timers/promises';
import { inKernelMemory, ownAtOnce } from '../../numeric/kernel-rows.ts';
import { rowSimilarity } from '../../numeric/two-sided-rows.ts';
import type { ComparedRows } from '../../numeric/two-sided-rows.ts';
import { productsOfRows } from '../../numeric/unit-rows.ts';

/** Numbers multiplied below which loops are done before the rows have been copied for the kernel. */
const fewProducts = 2e7;

/** Takes the similarities of an anchor, by its index, to all rows, itself included, [M]; valid until it returns. */
type TakeSimilarities = (anchor: number, similarities: Float64Array) => void;

/**
 * Gives the similarities, in float64, of each anchor to all rows, the anchors in their order. Between two
 * anchors, some milliseconds, other calls are answered.
 */
export async function eachAnchorsSimilarities(
  rows: ComparedRows,
  anchors: Uint32Array,
  take: TakeSimilarities,
): Promise<void> {
  const isSmall = anchors.length * rows.count * rows.dimensions < fewProducts;
  const compared = rows.isTwoSided || isSmall ? rows : inKernelMemory(rows);
  const { count } = rows;
  const similarities = new Float64Array(ownAtOnce * count);
  for (let first = 0; first < anchors.length; first += ownAtOnce) {
    await setImmediate();
    const some = anchors.subarray(first, first + ownAtOnce);
    compareWithAll(compared, some, similarities.subarray(0, some.length * count));
    for (let index = 0; index < some.length; index++) {
      await setImmediate();
      take(first + index, similarities.subarray(index * count, (index + 1) * count));
    }
  }
}

/** Writes the similarities of some rows to all, [some, M]. */
function compareWithAll(rows: ComparedRows, some: Uint32Array, similarities: Float64Array): void {
  if (!rows.isTwoSided) {
    productsOfRows(rows, some, similarities);
    return;
  }
  for (const [index, row] of some.entries()) {
    for (let other = 0; other < rows.count; other++) {
      similarities[index * rows.count + other] = rowSimilarity(rows, row, other);
    }
  }
}
