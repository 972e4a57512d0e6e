import { truncated } from '../tables/byte-pieces.ts';
import type { ParquetPage } from './parquet-pages.ts';

/** The numbers of a page of a flat column; a null is NaN. */
export function flatNumbers({ values, definitionLevels }: ParquetPage): Float64Array {
  if (definitionLevels.length === 0) return Float64Array.from(values as ArrayLike<number>, Number);
  let next = 0;
  return Float64Array.from(definitionLevels, (level) => (level > 0 ? Number(values[next++]) : NaN));
}

/** Reads a number column in blocks of rows, whatever the lengths of its pages. */
export class NumberBlocks {
  readonly #pages: AsyncIterator<ParquetPage>;
  readonly #name: string;
  #page: Float64Array = new Float64Array(0);
  #index = 0;

  /** `name` is that of the file, for errors. */
  constructor(pages: AsyncIterable<ParquetPage>, name: string) {
    this.#pages = pages[Symbol.asyncIterator]();
    this.#name = name;
  }

  /**
   * Writes the next `count` numbers to `start`, `start + step` … of the target.
   * @throws EngineError bad-argument where the column has fewer
   */
  async fill(
    target: Float32Array,
    { start, step, count }: { start: number; step: number; count: number },
  ): Promise<void> {
    for (let row = 0; row < count; row++) {
      while (this.#index === this.#page.length) {
        const next = await this.#pages.next();
        if (next.done === true) {
          throw truncated(this.#name);
        }
        this.#page = flatNumbers(next.value);
        this.#index = 0;
      }
      target[start + row * step] = this.#page[this.#index++] as number;
    }
  }
}
