import { saveEmbeddings } from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';

const rowsAtOnce = 2048;

/** Writes unit vectors of one set of weights in batches, each in the order of its sample ids. */
export class KeptVectors {
  readonly #library: Library;
  readonly #weightsHash: string;
  readonly #dimensions: number;
  readonly #vectors: Float32Array;
  readonly #ids: Uint32Array;
  #filled = 0;
  count = 0;

  constructor(library: Library, weightsHash: string, dimensions: number, batches: number) {
    const rows = Math.max(64, Math.floor(rowsAtOnce / Math.max(1, batches)));
    this.#library = library;
    this.#weightsHash = weightsHash;
    this.#dimensions = dimensions;
    this.#vectors = new Float32Array(rows * dimensions);
    this.#ids = new Uint32Array(rows);
  }

  add(id: number, vector: Float32Array): void {
    this.#vectors.set(vector, this.#filled * this.#dimensions);
    this.#ids[this.#filled] = id;
    this.#filled++;
    this.count++;
    if (this.#filled === this.#ids.length) this.flush();
  }

  /** Writes what was added and is not written yet. */
  flush(): void {
    const dimensions = this.#dimensions;
    const ids = this.#ids.subarray(0, this.#filled);
    // The table is kept in this order: rows that come so are written many to a page.
    const order = Array.from(ids, (_, row) => row).sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
    const vectors = new Float32Array(ids.length * dimensions);
    for (const [place, row] of order.entries()) {
      const start = row * dimensions;
      vectors.set(this.#vectors.subarray(start, start + dimensions), place * dimensions);
    }
    const sorted = Uint32Array.from(order, (row) => ids[row] ?? 0);
    saveEmbeddings(this.#library, this.#weightsHash, 'h', sorted, { dimensions, vectors });
    this.#filled = 0;
  }
}

/** Vectors of one set of weights: an epoch's, or all where there are no epochs. */
export interface EpochVectors {
  readonly epoch: number | null;
  readonly weightsHash: string;
  readonly kept: KeptVectors;
}
