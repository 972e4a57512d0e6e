import { saveEmbeddings } from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';

const rowsAtOnce = 2048;

/** Writes the unit vectors of one set of weights to the library in batches, each sorted by sample id. */
export class ImportedVectors {
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
    // The table is sorted by sample id: rows that arrive in this order are written many to a page.
    const order = Array.from(ids, (_, row) => row).sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
    const vectors = new Float32Array(ids.length * dimensions);
    for (const [index, row] of order.entries()) {
      const start = row * dimensions;
      vectors.set(this.#vectors.subarray(start, start + dimensions), index * dimensions);
    }
    const sorted = Uint32Array.from(order, (row) => ids[row] ?? 0);
    saveEmbeddings(this.#library, this.#weightsHash, 'h', sorted, { dimensions, vectors });
    this.#filled = 0;
  }
}

/** The vectors of one epoch, or of the whole import where there are no epochs. */
export interface EpochVectors {
  readonly epoch: number | null;
  readonly weightsHash: string;
  readonly vectors: ImportedVectors;
}
