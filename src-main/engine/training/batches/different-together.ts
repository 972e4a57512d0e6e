import { shuffledOrder } from '../../numeric/random.ts';
import type { Random } from '../../numeric/random.ts';

/** Pairs of pictures that are to meet, as indices. */
export type IndexPairs = readonly (readonly [number, number])[];

/** Each pair with the probability `rate`; with a rate of 0 no number is drawn. */
export function pairsAtRate(pairs: IndexPairs, rate: number, random: Random): IndexPairs {
  return rate === 0 ? [] : pairs.filter(() => random.uniform(0, 1) < rate);
}

/** Where the two pictures of a pair must be to meet. */
export type MeetingPlace = 'one batch' | 'batch after batch';

/**
 * The batches of an epoch with pictures swapped so that the pairs meet; [steps][batch]. Pairs that hang
 * together by a picture are brought to one batch. Where the negatives are earlier batches (a queue) they
 * are brought to two batches one after the other, each pair over both of them unless a ring of an odd
 * number of pairs is in the way. Those that sit the epoch out may be swapped in, and others out for
 * them, so that every batch stays as large as it is and no picture is in two. More pictures than a
 * batch holds that hang together meet as far as there is room.
 */
export function metPairs(
  batches: readonly (readonly number[])[],
  satOut: Uint32Array,
  pairs: IndexPairs,
  place: MeetingPlace,
  random: Random,
): number[][] {
  const seats = new Seats(batches, satOut, random);
  const isNext = place === 'batch after batch' && batches.length > 1;
  for (const sides of hangingTogether(pairs, random)) {
    const [first] = sides;
    if (first === undefined) continue;
    const own = seats.batchOf(first.picture) ?? random.index(batches.length);
    const at = isNext && own === 0 ? 1 : own;
    for (const { picture, isFar } of sides) seats.bring(picture, isNext && isFar ? at - 1 : at);
  }
  return seats.batches();
}

/** A picture of pairs that hang together; far from the first by an odd number of pairs or not. */
interface Side {
  readonly picture: number;
  readonly isFar: boolean;
}

/** The pictures that chains of pairs connect, each from a random picture on, breadth first. */
function hangingTogether(pairs: IndexPairs, random: Random): Side[][] {
  const partners = new Map<number, number[]>();
  const add = (one: number, other: number): void => {
    const known = partners.get(one);
    if (known) known.push(other);
    else partners.set(one, [other]);
  };
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  const pictures = [...partners.keys()];
  const seen = new Set<number>();
  const chains: Side[][] = [];
  for (const index of shuffledOrder(pictures.length, random)) {
    const picture = pictures[index] as number;
    if (seen.has(picture)) continue;
    seen.add(picture);
    const sides: Side[] = [{ picture, isFar: false }];
    for (const side of sides) {
      for (const other of partners.get(side.picture) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        sides.push({ picture: other, isFar: !side.isFar });
      }
    }
    chains.push(sides);
  }
  return chains;
}

/** Which picture is in which batch; those that sit out are a last batch of their own. */
class Seats {
  readonly #batches: number[][];
  readonly #trained: number;
  readonly #seatOf = new Map<number, { batch: number; at: number }>();
  /** Pictures that were brought to where they are, and stay there. */
  readonly #fixed = new Set<number>();
  readonly #random: Random;

  constructor(batches: readonly (readonly number[])[], satOut: Uint32Array, random: Random) {
    this.#batches = [...batches.map((batch) => [...batch]), [...satOut]];
    this.#trained = batches.length;
    this.#random = random;
    for (const [batch, pictures] of this.#batches.entries()) {
      for (const [at, picture] of pictures.entries()) this.#seatOf.set(picture, { batch, at });
    }
  }

  /** The batch of a picture; null if it sits out. */
  batchOf(picture: number): number | null {
    const { batch = this.#trained } = this.#seatOf.get(picture) ?? {};
    return batch < this.#trained ? batch : null;
  }

  /** Swaps a picture with one of the wanted batch that may leave it, if there is one. */
  bring(picture: number, wanted: number): void {
    const seat = this.#seatOf.get(picture);
    if (seat === undefined) return;
    if (seat.batch !== wanted) {
      const movable = (this.#batches[wanted] ?? []).filter((one) => !this.#fixed.has(one));
      const other = movable[movable.length === 0 ? 0 : this.#random.index(movable.length)];
      const otherSeat = other === undefined ? undefined : this.#seatOf.get(other);
      if (other === undefined || otherSeat === undefined) return;
      this.#seat(other, seat);
      this.#seat(picture, otherSeat);
    }
    this.#fixed.add(picture);
  }

  batches(): number[][] {
    return this.#batches.slice(0, this.#trained);
  }

  #seat(picture: number, seat: { readonly batch: number; readonly at: number }): void {
    const batch = this.#batches[seat.batch];
    if (batch) batch[seat.at] = picture;
    this.#seatOf.set(picture, { ...seat });
  }
}
