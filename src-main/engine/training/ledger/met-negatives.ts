import type { LedgerNegatives } from '../../store/ledger.ts';

/** One meeting of an anchor's view with one of a negative. */
export interface Meeting {
  readonly similarity: number;
  /** Signed share of the anchor's gradient; 0 where the negative is not in the loss. */
  readonly share: number;
  readonly weight: number;
  readonly zone: number;
}

const firstCapacity = 256;

/** The negatives that one anchor met, summed up in columns that the next anchor uses again. */
export class MetNegatives {
  #count = 0;
  #capacity = 0;
  /** The place of a sample id in the columns, or -1; ids are small whole numbers. */
  #placeOf = new Int32Array(0);
  #ids = new Uint32Array(0);
  #met = new Uint32Array(0);
  #pushed = new Uint32Array(0);
  #similarity = new Float64Array(0);
  #weight = new Float64Array(0);
  #share = new Float64Array(0);
  #magnitude = new Float64Array(0);
  #strongest = new Float64Array(0);
  #zone = new Uint8Array(0);

  add(id: number, { similarity, share, weight, zone }: Meeting): void {
    const place = this.#place(id);
    const magnitude = Math.abs(share);
    this.#met[place] = (this.#met[place] as number) + 1;
    this.#similarity[place] = (this.#similarity[place] as number) + similarity;
    if (share === 0) return;
    this.#pushed[place] = (this.#pushed[place] as number) + 1;
    this.#weight[place] = (this.#weight[place] as number) + weight;
    this.#share[place] = (this.#share[place] as number) + share;
    this.#magnitude[place] = (this.#magnitude[place] as number) + magnitude;
    if (magnitude <= (this.#strongest[place] as number)) return;
    this.#strongest[place] = magnitude;
    this.#zone[place] = zone;
  }

  /**
   * The `size` negatives with the largest summed magnitude of share, largest first; those without
   * any are left out. Forgets all.
   */
  takeLargest(size: number): LedgerNegatives {
    const magnitude = this.#magnitude;
    const kept = Array.from({ length: this.#count }, (_, place) => place)
      .filter((place) => (magnitude[place] as number) > 0)
      .sort(
        (a, b) =>
          (magnitude[b] as number) - (magnitude[a] as number) ||
          (this.#ids[a] as number) - (this.#ids[b] as number),
      )
      .slice(0, size);
    const column = (value: (place: number) => number): Float32Array =>
      Float32Array.from(kept, value);
    const mean = (sums: Float64Array, counts: Uint32Array) => (place: number) =>
      (sums[place] as number) / (counts[place] as number);
    const negatives = {
      ids: Uint32Array.from(kept, (place) => this.#ids[place] as number),
      similarity: column(mean(this.#similarity, this.#met)),
      weight: column(mean(this.#weight, this.#pushed)),
      share: column((place) => this.#share[place] as number),
      met: Uint16Array.from(kept, (place) => this.#met[place] as number),
      zone: Uint8Array.from(kept, (place) => this.#zone[place] as number),
    };
    this.#forget();
    return negatives;
  }

  #place(id: number): number {
    if (id >= this.#placeOf.length) this.#placeOf = grown(this.#placeOf, id + 1, -1);
    const known = this.#placeOf[id] as number;
    if (known >= 0) return known;
    if (this.#count === this.#capacity) this.#grow();
    const place = this.#count;
    this.#count += 1;
    this.#placeOf[id] = place;
    this.#ids[place] = id;
    return place;
  }

  #forget(): void {
    for (let place = 0; place < this.#count; place += 1) {
      this.#placeOf[this.#ids[place] as number] = -1;
    }
    for (const sums of this.#sums()) sums.fill(0, 0, this.#count);
    this.#count = 0;
  }

  #sums() {
    const counts = [this.#met, this.#pushed, this.#zone];
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
    this.#met = grown(this.#met, capacity);
    this.#pushed = grown(this.#pushed, capacity);
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
