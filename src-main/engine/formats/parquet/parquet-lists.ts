import type { SchemaTree } from 'hyparquet';
import { rowsPerChunk } from '../tables/import-table.ts';
import type { VectorRows } from '../tables/import-table.ts';
import type { ParquetPage } from './parquet-pages.ts';

/** The definition level of a value that exists, and of one that is null inside its list. */
interface ListLevels {
  readonly value: number;
  readonly nothing: number;
}

function listLevels(schemaPath: readonly SchemaTree[]): ListLevels {
  const optional = schemaPath.slice(1).map(({ element }) => element.repetition_type !== 'REQUIRED');
  const value = optional.filter(Boolean).length;
  const isLeafOptional = schemaPath.at(-1)?.element.repetition_type === 'OPTIONAL';
  return { value, nothing: isLeafOptional ? value - 1 : -1 };
}

/** The lengths of the first lists in a page; the first one may continue a list of the page before. */
export function levelsOf(page: ParquetPage, schemaPath: readonly SchemaTree[]): number[] {
  const lengths: number[] = [];
  new PageWalk(page, listLevels(schemaPath)).go(valuesAtOnce, {
    begin: () => void lengths.push(0),
    value: () => {
      lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1;
    },
  });
  return lengths;
}

/**
 * Reads the lists of a column as vectors, also those that continue on the next page. A null inside a
 * list is NaN; a list that is null or empty has length 0.
 */
export async function* listRows(
  pages: AsyncIterable<ParquetPage>,
  schemaPath: readonly SchemaTree[],
  dimensions: number,
): AsyncGenerator<VectorRows> {
  const levels = listLevels(schemaPath);
  const block = new ListBlock(dimensions);
  for await (const page of pages) {
    const walk = new PageWalk(page, levels);
    while (walk.go(valuesAtOnce, block)) {
      // The last row may continue on the next page.
      if (block.rows > rowsPerChunk(dimensions)) yield block.takeAllButLast();
    }
  }
  if (block.rows > 0) yield block.takeAll();
}

interface ListVisitor {
  /** Called where a new list begins. */
  begin(): void;
  value(value: number): void;
}

/** Values that are read before rows are handed out: a page may hold tens of millions. */
const valuesAtOnce = 1 << 20;

/** Visits the values of a page, and the beginnings of its lists, in order. */
class PageWalk {
  readonly #page: ParquetPage;
  readonly #levels: ListLevels;
  #index = 0;
  #next = 0;

  constructor(page: ParquetPage, levels: ListLevels) {
    this.#page = page;
    this.#levels = levels;
  }

  /** Visits at most `most` further values; false when none were left. */
  go(most: number, visitor: ListVisitor): boolean {
    const { values, definitionLevels, repetitionLevels } = this.#page;
    const { value, nothing } = this.#levels;
    const hasNulls = definitionLevels.length > 0;
    const end = Math.min(repetitionLevels.length, this.#index + most);
    if (this.#index === end) return false;
    for (; this.#index < end; this.#index++) {
      if (repetitionLevels[this.#index] === 0) visitor.begin();
      const level = hasNulls ? definitionLevels[this.#index] : value;
      if (level === value) visitor.value(Number(values[this.#next++]));
      else if (level === nothing) visitor.value(NaN);
    }
    return true;
  }
}

/** Collects lists as rows of one length. */
class ListBlock implements ListVisitor {
  readonly #dimensions: number;
  #vectors: Float32Array;
  #lengths: Uint32Array;
  rows = 0;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    const rows = rowsPerChunk(dimensions);
    this.#vectors = new Float32Array(rows * dimensions);
    this.#lengths = new Uint32Array(rows);
  }

  begin(): void {
    if (this.rows === this.#lengths.length) this.#grow();
    this.#lengths[this.rows] = 0;
    this.rows++;
  }

  value(value: number): void {
    const row = this.rows - 1;
    const index = this.#lengths[row] as number;
    if (index < this.#dimensions) this.#vectors[row * this.#dimensions + index] = value;
    this.#lengths[row] = index + 1;
  }

  takeAllButLast(): VectorRows {
    const last = this.rows - 1;
    const taken = this.#copy(last);
    const start = last * this.#dimensions;
    this.#vectors.copyWithin(0, start, start + this.#dimensions);
    this.#lengths[0] = this.#lengths[last] as number;
    this.rows = 1;
    return taken;
  }

  takeAll(): VectorRows {
    const taken = this.#copy(this.rows);
    this.rows = 0;
    return taken;
  }

  #copy(rows: number): VectorRows {
    const lengths = this.#lengths.slice(0, rows);
    const vectors = this.#vectors.slice(0, rows * this.#dimensions);
    for (const [row, length] of lengths.entries()) {
      if (length === this.#dimensions) continue;
      vectors.fill(NaN, row * this.#dimensions, (row + 1) * this.#dimensions);
    }
    return { vectors, lengths };
  }

  #grow(): void {
    const vectors = new Float32Array(2 * this.#vectors.length);
    vectors.set(this.#vectors);
    const lengths = new Uint32Array(2 * this.#lengths.length);
    lengths.set(this.#lengths);
    this.#vectors = vectors;
    this.#lengths = lengths;
  }
}
