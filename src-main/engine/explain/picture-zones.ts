import { ringZones } from '../losses/ring-zone.ts';

/** A vector of a picture among those that the loss compares with one view of the anchor. */
interface ComparedVector {
  /** Its rank among them, 0 the most similar. */
  readonly rank: number;
  /** One of `ringZones`. */
  readonly zone: number;
  /** Its signed share, and the one that there would be without the ring of the loss. */
  readonly share: number;
  readonly unringedShare: number;
}

/** Which cuts of the ring, as ranks among the vectors, put a picture into which zone. */
export interface PictureCutRanks {
  /** The picture is inside the inner cut where this is less than that cut, [M]. */
  readonly inner: Uint32Array;
  /** The picture is outside where this is not less than the outer cut, [M]. */
  readonly outer: Uint32Array;
}

/**
 * The zones of pictures that the loss compares by several vectors each: a picture's zone is that of its
 * vector with the largest share or, where none has a share, with the largest one without the ring.
 */
export class PictureZones {
  readonly zone: Uint8Array;
  readonly #share: Float64Array;
  readonly #unringed: Float64Array;
  readonly #deciding: Uint32Array;
  readonly #first: Uint32Array;
  readonly #last: Uint32Array;

  /** Of `count` pictures; one without a vector is outside, as if after all of the `vectors`. */
  constructor(count: number, vectors: number) {
    this.zone = new Uint8Array(count).fill(ringZones.outside);
    this.#share = new Float64Array(count).fill(-1);
    this.#unringed = new Float64Array(count);
    this.#deciding = new Uint32Array(count).fill(vectors);
    this.#first = new Uint32Array(count).fill(vectors);
    this.#last = new Uint32Array(count);
  }

  add(picture: number, { rank, zone, share, unringedShare }: ComparedVector): void {
    this.#first[picture] = Math.min(this.#first[picture] as number, rank);
    this.#last[picture] = Math.max(this.#last[picture] as number, rank);
    const [size, unringed] = [Math.abs(share), Math.abs(unringedShare)];
    const before = this.#share[picture] as number;
    if (size < before) return;
    if (size === before && unringed <= (this.#unringed[picture] as number)) return;
    this.#share[picture] = size;
    this.#unringed[picture] = unringed;
    this.#deciding[picture] = rank;
    this.zone[picture] = zone;
  }

  /**
   * With a ring of the loss's own one vector in it is enough: a picture is inside only where all of its
   * vectors are. Without one the vector with the largest share decides alone, whatever the cuts are.
   */
  cutRanks(hasRing: boolean): PictureCutRanks {
    if (!hasRing) return { inner: this.#deciding, outer: this.#deciding };
    const inner = this.#last.map((last, picture) => Math.max(last, this.#first[picture] as number));
    return { inner, outer: this.#first };
  }
}
