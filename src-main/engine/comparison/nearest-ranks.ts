import type { RingRanks } from '../../contract/objectives/ring-ranks.ts';

const buckets = 8192;

/**
 * The rows of the candidates within the ring's outer cut, and of those within its inner cut, in no
 * order.
 */
interface NearestRanks {
  readonly outer: Uint32Array;
  readonly inner: Uint32Array;
}

interface Cut {
  /** The bucket in which the ranks end, and how many rows of it are within the ranks. */
  readonly bucket: number;
  readonly left: number;
}

/**
 * Finds the most similar of `count` candidates without sorting all of them; exact, of equally similar
 * ones the lower row. The next call of `find` overwrites the arrays that it returned.
 */
export class NearestRanksFinder {
  readonly #bucketOfRow: Uint16Array;
  readonly #counts = new Uint32Array(buckets);
  readonly #outer: Uint32Array;
  readonly #inner: Uint32Array;

  constructor(count: number) {
    this.#bucketOfRow = new Uint16Array(count);
    this.#outer = new Uint32Array(count);
    this.#inner = new Uint32Array(count);
  }

  /** The candidates within the cuts; `similarities` [count] are -1 to 1, the row `self` is left out. */
  find(similarities: Float32Array, self: number, { outer, inner }: RingRanks): NearestRanks {
    this.#count(similarities, self);
    return {
      outer: this.#collect(similarities, self, outer, this.#outer),
      inner: this.#collect(similarities, self, inner, this.#inner),
    };
  }

  #count(similarities: Float32Array, self: number): void {
    const counts = this.#counts.fill(0);
    const bucketOfRow = this.#bucketOfRow;
    for (let row = 0; row < similarities.length; row++) {
      const bucket = bucketOf(similarities[row] as number);
      bucketOfRow[row] = bucket;
      counts[bucket] = (counts[bucket] as number) + 1;
    }
    const own = bucketOfRow[self] as number;
    counts[own] = (counts[own] as number) - 1;
  }

  #collect(
    similarities: Float32Array,
    self: number,
    ranks: number,
    found: Uint32Array,
  ): Uint32Array {
    if (ranks < 1) return found.subarray(0, 0);
    const { bucket: last, left } = this.#cutOf(ranks);
    const bucketOfRow = this.#bucketOfRow;
    const atCut: number[] = [];
    let length = 0;
    for (let row = 0; row < similarities.length; row++) {
      const bucket = bucketOfRow[row] as number;
      if (bucket < last || row === self) continue;
      if (bucket === last) atCut.push(row);
      else found[length++] = row;
    }
    // The sort is stable: equally similar rows stay in their order.
    atCut.sort((a, b) => (similarities[b] as number) - (similarities[a] as number));
    for (const row of atCut.slice(0, left)) found[length++] = row;
    return found.subarray(0, length);
  }

  #cutOf(ranks: number): Cut {
    let left = ranks;
    let bucket = buckets - 1;
    while (bucket > 0 && (this.#counts[bucket] as number) < left) {
      left -= this.#counts[bucket--] as number;
    }
    return { bucket, left };
  }
}

function bucketOf(similarity: number): number {
  const bucket = Math.floor(((similarity + 1) * buckets) / 2);
  return bucket < 0 ? 0 : bucket < buckets ? bucket : buckets - 1;
}
