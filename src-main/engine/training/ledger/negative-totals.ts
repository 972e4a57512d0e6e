import type { LedgerNegatives } from '../../store/ledger.ts';

/** One occurrence of a negative: a view of it as a column of a view of the anchor. */
interface Occurrence {
  readonly similarity: number;
  /** Signed share of the anchor's gradient; 0 where the negative is not in the loss. */
  readonly share: number;
  /** N q, the relative importance of the negative; mean 1. */
  readonly weight: number;
  /** One of `ringZones`. */
  readonly zone: number;
}

const firstCapacity = 256;

/**
 * Sums over the occurrences of each negative of one anchor; the arrays are used again for the next
 * anchor.
 */
export class NegativeTotals {
  #count = 0;
  #capacity = 0;
  /** The index of each sample id in the other arrays, or -1; sample ids are small whole numbers. */
  #indexOf = new Int32Array(0);
  #ids = new Uint32Array(0);
  #occurrences = new Uint32Array(0);
  #pushedOccurrences = new Uint32Array(0);
  #similarity = new Float64Array(0);
  #weight = new Float64Array(0);
  #share = new Float64Array(0);
  #magnitude = new Float64Array(0);
  #strongest = new Float64Array(0);
  #zone = new Uint8Array(0);

  /** Adds one occurrence of the negative with this sample id. */
  add(id: number, { similarity, share, weight, zone }: Occurrence): void {
    const index = this.#indexFor(id);
    const magnitude = Math.abs(share);
    this.#occurrences[index] = (this.#occurrences[index] as number) + 1;
    this.#similarity[index] = (this.#similarity[index] as number) + similarity;
    if (share === 0) return;
    this.#pushedOccurrences[index] = (this.#pushedOccurrences[index] as number) + 1;
    this.#weight[index] = (this.#weight[index] as number) + weight;
    this.#share[index] = (this.#share[index] as number) + share;
    this.#magnitude[index] = (this.#magnitude[index] as number) + magnitude;
    if (magnitude <= (this.#strongest[index] as number)) return;
    this.#strongest[index] = magnitude;
    this.#zone[index] = zone;
  }

  /**
   * The `size` negatives with the largest sum of |share|, the largest first; negatives with a sum of 0
   * are left out. Clears the totals.
   */
  takeLargest(size: number): LedgerNegatives {
    const magnitude = this.#magnitude;
    const largest = Array.from({ length: this.#count }, (_, index) => index)
      .filter((index) => (magnitude[index] as number) > 0)
      .sort(
        (a, b) =>
          (magnitude[b] as number) - (magnitude[a] as number) ||
          (this.#ids[a] as number) - (this.#ids[b] as number),
      )
      .slice(0, size);
    const column = (value: (index: number) => number): Float32Array =>
      Float32Array.from(largest, value);
    const mean = (sums: Float64Array, counts: Uint32Array) => (index: number) =>
      (sums[index] as number) / (counts[index] as number);
    const negatives = {
      ids: Uint32Array.from(largest, (index) => this.#ids[index] as number),
      similarity: column(mean(this.#similarity, this.#occurrences)),
      weight: column(mean(this.#weight, this.#pushedOccurrences)),
      share: column((index) => this.#share[index] as number),
      met: Uint16Array.from(largest, (index) => this.#occurrences[index] as number),
      zone: Uint8Array.from(largest, (index) => this.#zone[index] as number),
    };
    this.#clear();
    return negatives;
  }

  #indexFor(id: number): number {
    if (id >= this.#indexOf.length) this.#indexOf = grown(this.#indexOf, id + 1, -1);
    const known = this.#indexOf[id] as number;
    if (known >= 0) return known;
    if (this.#count === this.#capacity) this.#grow();
    const index = this.#count;
    this.#count += 1;
    this.#indexOf[id] = index;
    this.#ids[index] = id;
    return index;
  }

  #clear(): void {
    for (let index = 0; index < this.#count; index += 1) {
      this.#indexOf[this.#ids[index] as number] = -1;
    }
    for (const sums of this.#sums()) sums.fill(0, 0, this.#count);
    this.#count = 0;
  }

  #sums() {
    const counts = [this.#occurrences, this.#pushedOccurrences, this.#zone];
    return [
      ...counts,
      this.#similarity,
      this.#weight,
      this.#share,
      this.#magnitude,
      this.#strongest,
    ];
  }

  #grow(): void {
    this.#capacity = Math.max(firstCapacity, 2 * this.#capacity);
    const capacity = this.#capacity;
    this.#ids = grown(this.#ids, capacity);
    this.#occurrences = grown(this.#occurrences, capacity);
    this.#pushedOccurrences = grown(this.#pushedOccurrences, capacity);
    this.#zone = grown(this.#zone, capacity);
    this.#similarity = grown(this.#similarity, capacity);
    this.#weight = grown(this.#weight, capacity);
    this.#share = grown(this.#share, capacity);
    this.#magnitude = grown(this.#magnitude, capacity);
    this.#strongest = grown(this.#strongest, capacity);
  }
}

type Column = Int32Array | Uint32Array | Uint8Array | Float64Array;

function grown<A extends Column>(column: A, least: number, filling = 0): A {
  const length = Math.max(least, 2 * column.length);
  const longer = new (column.constructor as new (length: number) => A)(length);
  longer.set(column);
  longer.fill(filling, column.length);
  return longer;
}
