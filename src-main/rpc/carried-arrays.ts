/** Smaller arrays are sent sooner than they are compared. */
const fewestBytes = 16 * 1024;
/** What one direction of a connection holds at most: some four explanations among 50,000 pictures. */
const mostBytes = 8 * 1024 * 1024;

/** The bits of a typed array, and the number of its type in the wire format. */
export interface CarriedArray {
  readonly type: number;
  readonly words: Uint32Array<ArrayBuffer>;
}

/**
 * The large arrays that one direction of a connection has carried lately, by number: one that comes again, as the
 * similarities of an anchor do while a knob is turned, is named and not sent again. Both ends hold the same, as they
 * do the same with each message, at its end: a message that cannot be encoded has changed nothing.
 */
export class CarriedArrays {
  /** The one that was carried, or named, last is the last. */
  readonly #held = new Map<number, CarriedArray>();
  #heldBytes = 0;
  #carried = 0;
  #news: (CarriedArray | number)[] = [];

  /** The number of an array that has the same bits, and is then named; null where there is none. */
  nameOf(type: number, array: ArrayBufferView): number | null {
    if (!isHeld(array.byteLength)) return null;
    const words = wordsOf(array);
    for (const [number, held] of [...this.#held].reverse()) {
      if (held.type !== type || !isSame(held.words, words)) continue;
      this.#news.push(number);
      return number;
    }
    return null;
  }

  /**
   * The array of a number that the other end named.
   * @throws RangeError where it is none that is held
   */
  named(number: number): CarriedArray {
    const held = this.#held.get(number);
    if (held === undefined) throw new RangeError(`No array ${number} was carried lately.`);
    this.#news.push(number);
    return held;
  }

  /** Takes note of an array that is carried as a whole. */
  add(type: number, array: ArrayBufferView): void {
    // A copy: what is done to the array later must not change what the other end has.
    if (isHeld(array.byteLength)) this.#news.push({ type, words: wordsOf(array).slice() });
  }

  /** Ends a message that both ends have. */
  settle(): void {
    for (const news of this.#news) {
      if (typeof news === 'number') this.#renew(news);
      else this.#hold(news);
    }
    this.#news = [];
    for (const [number, { words }] of this.#held) {
      if (this.#heldBytes <= mostBytes) return;
      this.#held.delete(number);
      this.#heldBytes -= words.byteLength;
    }
  }

  /** Ends a message that is not sent. */
  forget(): void {
    this.#news = [];
  }

  #renew(number: number): void {
    const held = this.#held.get(number);
    if (held === undefined) return;
    this.#held.delete(number);
    this.#held.set(number, held);
  }

  #hold(array: CarriedArray): void {
    this.#held.set(this.#carried++, array);
    this.#heldBytes += array.words.byteLength;
  }
}

function isHeld(bytes: number): boolean {
  return bytes >= fewestBytes && bytes <= mostBytes / 2 && bytes % 4 === 0;
}

/** Its bits; of bytes that begin anywhere in a message, a copy of them. */
function wordsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint32Array<ArrayBuffer> {
  if (byteOffset % 4 === 0 && buffer instanceof ArrayBuffer) {
    return new Uint32Array(buffer, byteOffset, byteLength / 4);
  }
  return new Uint32Array(new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength)).buffer);
}

function isSame(one: Uint32Array, other: Uint32Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
