import { setImmediate } from 'node:timers/promises';
import { DoubleProducts } from '../../numeric/double-products.ts';
import { rowSimilarity } from '../../numeric/two-sided-rows.ts';
import type { ComparedRows } from '../../numeric/two-sided-rows.ts';
import { sessionThreads } from '../../threads/compute-limits.ts';

/** Anchors whose similarities are computed together, and held in memory. */
const anchorsAtOnce = 16;
/** Rows that are multiplied at a time: some milliseconds, after which other calls are answered. */
const rowsAtOnce = 4096;
/** Numbers multiplied below which loops are done before matrix products have begun. */
const fewProducts = 2e7;

/** Takes the similarities of an anchor, by its index, to all rows, itself included, [M]. */
type TakeSimilarities = (anchor: number, similarities: Float64Array) => void;

/** Gives the similarities, in float64, of each anchor to all rows, the anchors in their order. */
export async function eachAnchorsSimilarities(
  rows: ComparedRows,
  anchors: Uint32Array,
  take: TakeSimilarities,
): Promise<void> {
  const isSmall = anchors.length * rows.count * rows.dimensions < fewProducts;
  if (rows.isTwoSided || isSmall) await byLoops(rows, anchors, take);
  else await byProducts(rows, anchors, take);
}

async function byProducts(
  rows: ComparedRows,
  anchors: Uint32Array,
  take: TakeSimilarities,
): Promise<void> {
  // More threads wait for each other by spinning, and what else runs waits for them.
  const products = await DoubleProducts.create(sessionThreads(1));
  try {
    for (let first = 0; first < anchors.length; first += anchorsAtOnce) {
      const some = anchors.subarray(first, first + anchorsAtOnce);
      const similarities = await productsOf(rows, some, products);
      for (let index = 0; index < some.length; index++) {
        take(first + index, similarities.subarray(index * rows.count, (index + 1) * rows.count));
        await setImmediate();
      }
    }
  } finally {
    await products.dispose();
  }
}

async function byLoops(
  rows: ComparedRows,
  anchors: Uint32Array,
  take: TakeSimilarities,
): Promise<void> {
  const similarities = new Float64Array(rows.count);
  for (let index = 0; index < anchors.length; index++) {
    await setImmediate();
    const anchor = anchors[index] as number;
    for (let other = 0; other < rows.count; other++) {
      similarities[other] = rowSimilarity(rows, anchor, other);
    }
    take(index, similarities);
  }
}

/** The products of anchors and all rows, [anchors, M]. */
async function productsOf(
  { vectors, count, dimensions }: ComparedRows,
  anchors: Uint32Array,
  products: DoubleProducts,
): Promise<Float64Array> {
  const own = new Float64Array(anchors.length * dimensions);
  for (const [index, anchor] of anchors.entries()) {
    own.set(vectors.subarray(anchor * dimensions, (anchor + 1) * dimensions), index * dimensions);
  }
  const all = new Float64Array(anchors.length * count);
  for (let first = 0; first < count; first += rowsAtOnce) {
    const end = Math.min(count, first + rowsAtOnce);
    const some = new Float64Array(vectors.subarray(first * dimensions, end * dimensions));
    const found = await products.times(own, some, dimensions);
    const width = end - first;
    for (let index = 0; index < anchors.length; index++) {
      all.set(found.subarray(index * width, (index + 1) * width), index * count + first);
    }
  }
  return all;
}
