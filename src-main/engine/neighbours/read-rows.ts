import { setImmediate } from 'node:timers/promises';
import { newVectors } from '../numeric/kernel-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { toBlob } from '../store/blobs.ts';
import { readEmbeddingBlock } from '../store/embedding-blocks.ts';
import type { EmbeddingBlock, StoredVectors } from '../store/embedding-blocks.ts';
import type { Library } from '../store/library-file.ts';

/** Bytes that are read at a time, which takes a few milliseconds; other calls are answered in between. */
const bytesPerRead = 2 ** 21;
/** Rows that are read first, before it is known how long they are. */
const firstRows = 256;
/** Ids of a block reach over so many times its rows: what lies between them is read in vain. */
const mostSpread = 4;

/** Vectors of pictures: row r belongs to the picture ids[r], ascending. */
export interface ReadRows extends UnitRows {
  readonly ids: Uint32Array;
}

/** Reads the vectors of those of the pictures `wanted` (ids, ascending) that have some. */
export async function readRows(
  library: Library,
  stored: StoredVectors,
  wanted: Uint32Array,
): Promise<ReadRows> {
  const rows = new CollectedRows(wanted.length);
  for (let first = 0; first < wanted.length;) {
    const some = blockOf(wanted, first, rows.perRead);
    rows.add(readEmbeddingBlock(library, stored, some[0] ?? 0, some.at(-1) ?? 0), some);
    first += some.length;
    await setImmediate();
  }
  return rows.collected();
}

/** The ids from place `first` on that are read together, at most `count`. */
function blockOf(wanted: Uint32Array, first: number, count: number): Uint32Array {
  const reach = (wanted[first] as number) + mostSpread * count;
  let end = Math.min(wanted.length, first + count);
  while ((wanted[end - 1] as number) >= reach) end--;
  return wanted.subarray(first, end);
}

/** Rows of blocks, put one behind the other. */
class CollectedRows {
  readonly #ids: Uint32Array;
  #vectors = new Float32Array(0);
  #dimensions = 0;
  #count = 0;

  constructor(most: number) {
    this.#ids = new Uint32Array(most);
  }

  /** How many rows are to be read next. */
  get perRead(): number {
    if (this.#dimensions === 0) return firstRows;
    return Math.max(1, Math.floor(bytesPerRead / (4 * this.#dimensions)));
  }

  /** Adds those rows of a block that belong to wanted pictures. */
  add({ ids, bytes }: EmbeddingBlock, wanted: Uint32Array): void {
    if (ids.length === 0) return;
    if (this.#dimensions === 0) {
      this.#dimensions = bytes.length / ids.length / Float32Array.BYTES_PER_ELEMENT;
      this.#vectors = newVectors(this.#ids.length, this.#dimensions);
    }
    if (isEqual(ids, wanted)) {
      this.#append(ids, bytes);
      return;
    }
    const rowBytes = this.#dimensions * Float32Array.BYTES_PER_ELEMENT;
    let place = 0;
    for (const [row, id] of ids.entries()) {
      while ((wanted[place] ?? Infinity) < id) place++;
      if (wanted[place] !== id) continue;
      this.#append(Uint32Array.of(id), bytes.subarray(row * rowBytes, (row + 1) * rowBytes));
    }
  }

  #append(ids: Uint32Array, bytes: Uint8Array): void {
    const { buffer, byteOffset } = this.#vectors;
    const start = this.#count * this.#dimensions * Float32Array.BYTES_PER_ELEMENT;
    new Uint8Array(buffer, byteOffset + start, bytes.length).set(bytes);
    this.#ids.set(ids, this.#count);
    this.#count += ids.length;
  }

  collected(): ReadRows {
    const [count, dimensions] = [this.#count, this.#dimensions];
    const shape = { count, dimensions, ids: this.#ids.subarray(0, count) };
    if (count === this.#ids.length) return { ...shape, vectors: this.#vectors };
    const vectors = newVectors(count, dimensions);
    vectors.set(this.#vectors.subarray(0, count * dimensions));
    return { ...shape, vectors, ids: shape.ids.slice() };
  }
}

function isEqual(one: Uint32Array, other: Uint32Array): boolean {
  return toBlob(one).equals(toBlob(other));
}
