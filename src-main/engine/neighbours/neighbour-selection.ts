import { dotProduct } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';

/**
 * Selects the k nearest of one row at a time. Float32 products only give a shortlist: every row within
 * their rounding error of the k-th is recomputed in float64 and sorted (ties: the lower row first). Rows
 * of the anchor's group are passed over; where fewer than k are left, the row -1 stands at the end.
 */
export class NeighbourSelection {
  readonly #rows: UnitRows;
  readonly #groups: Int32Array | undefined;
  readonly #k: number;
  readonly #margin: number;
  /** The k largest products so far as a binary min-heap. */
  readonly #largest: Float32Array;
  readonly #shortlist: Int32Array;
  readonly #products: Float32Array;
  readonly #ids: Int32Array;
  readonly #similarities: Float64Array;

  constructor(rows: UnitRows, k: number, groups?: Int32Array) {
    this.#rows = rows;
    this.#groups = groups;
    this.#k = k;
    // Twice the bound d·u on the error of a float32 dot product of unit vectors (Higham 2002, eq. 3.5):
    // once for the k-th and once for the candidate, with a reserve for rows that are up to 0.1 % too
    // long.
    this.#margin = 2.1 * rows.dimensions * 2 ** -24;
    this.#largest = new Float32Array(k);
    this.#shortlist = new Int32Array(rows.count);
    this.#products = new Float32Array(rows.count);
    this.#ids = new Int32Array(k);
    this.#similarities = new Float64Array(k);
  }

  /**
   * Writes the k nearest rows of `anchor`, most similar first, into `ids` and `similarities` at
   * `position`; `products[offset + j]` is the float32 product of the anchor with row j.
   */
  select(
    anchor: number,
    products: Float32Array,
    offset: number,
    ids: Int32Array,
    similarities: Float32Array,
    position: number,
  ): void {
    this.#rank(anchor, this.#collect(anchor, products, offset));
    ids.set(this.#ids, position);
    similarities.set(this.#similarities, position);
  }

  /** Fills the shortlist and returns its length. */
  #collect(anchor: number, products: Float32Array, offset: number): number {
    const heap = this.#largest.fill(-Infinity);
    const shortlist = this.#shortlist;
    const shortlisted = this.#products;
    const groups = this.#groups;
    const own = groups?.[anchor];
    let floor = -Infinity;
    let length = 0;
    const end = offset + this.#rows.count;
    for (let index = nextReaching(products, offset, end, floor); index < end;) {
      const product = products[index] as number;
      const row = index - offset;
      if (row !== anchor && (groups === undefined || groups[row] !== own)) {
        shortlist[length] = row;
        shortlisted[length++] = product;
        if (product > (heap[0] as number)) {
          replaceSmallest(heap, product);
          floor = (heap[0] as number) - this.#margin;
        }
      }
      index = nextReaching(products, index + 1, end, floor);
    }
    let remaining = 0;
    for (let index = 0; index < length; index++) {
      if ((shortlisted[index] as number) >= floor) {
        shortlist[remaining++] = shortlist[index] as number;
      }
    }
    return remaining;
  }

  /** Inserts the shortlisted rows, in ascending order, into the k best by exact similarity. */
  #rank(anchor: number, length: number): void {
    const { vectors, dimensions } = this.#rows;
    const ids = this.#ids.fill(-1);
    const similarities = this.#similarities.fill(-Infinity);
    const last = this.#k - 1;
    for (let index = 0; index < length; index++) {
      const row = this.#shortlist[index] as number;
      const exact = dotProduct(vectors, anchor * dimensions, row * dimensions, dimensions);
      if (exact <= (similarities[last] as number)) continue;
      let rank = last;
      for (; rank > 0 && exact > (similarities[rank - 1] as number); rank--) {
        similarities[rank] = similarities[rank - 1] as number;
        ids[rank] = ids[rank - 1] as number;
      }
      similarities[rank] = exact;
      ids[rank] = row;
    }
  }
}

/**
 * The first index from `start` on whose value is at least `floor`, or `end`; eight comparisons per
 * turn.
 */
function nextReaching(values: Float32Array, start: number, end: number, floor: number): number {
  let index = start;
  for (; index + 8 <= end; index += 8) {
    if (
      (values[index] as number) >= floor ||
      (values[index + 1] as number) >= floor ||
      (values[index + 2] as number) >= floor ||
      (values[index + 3] as number) >= floor ||
      (values[index + 4] as number) >= floor ||
      (values[index + 5] as number) >= floor ||
      (values[index + 6] as number) >= floor ||
      (values[index + 7] as number) >= floor
    ) {
      break;
    }
  }
  while (index < end && (values[index] as number) < floor) index++;
  return index;
}

/** Replaces the root of a min-heap and restores its order. */
function replaceSmallest(heap: Float32Array, value: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++;
    if ((heap[child] as number) >= value) break;
    heap[hole] = heap[child] as number;
    hole = child;
  }
  heap[hole] = value;
}
