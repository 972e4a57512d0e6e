import type { SchemaTree } from 'hyparquet';
import { rowsPerChunk } from '../tables/import-table.ts';
import type { VectorRows } from '../tables/import-table.ts';
import type { ParquetPage } from './parquet-pages.ts';

/** The definition level of a value that is there, and of one that is null inside its list. */
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

/** The lengths of the first lists in a page; its first may go on from the page before. */
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
 * The lists of a column as vectors, also those that go over the end of a page. Nulls inside a list are
 * NaN; a list that is null or empty has length 0.
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
      // The last row may go on behind here.
      if (block.rows > rowsPerChunk(dimensions)) yield block.takeAllButLast();
    }
  }
  if (block.rows > 0) yield block.takeAll();
}

interface ListVisitor {
  /** A new list begins. */
  begin(): void;
  value(value: number): void;
}

/** A page may hold tens of millions of values: rows are given out before it ends. */
const valuesAtOnce = 1 << 20;

/** Goes through a page's values in order, and through the beginnings of its lists. */
class PageWalk {
  readonly #page: ParquetPage;
  readonly #levels: ListLevels;
  #at = 0;
  #next = 0;

  constructor(page: ParquetPage, levels: ListLevels) {
    this.#page = page;
    this.#levels = levels;
  }

  /** Shows so many more values, or those that are left; false when there were none. */
  go(most: number, visitor: ListVisitor): boolean {
    const { values, definitionLevels, repetitionLevels } = this.#page;
    const { value, nothing } = this.#levels;
    const hasNulls = definitionLevels.length > 0;
    const end = Math.min(repetitionLevels.length, this.#at + most);
    if (this.#at === end) return false;
    for (; this.#at < end; this.#at++) {
      if (repetitionLevels[this.#at] === 0) visitor.begin();
      const level = hasNulls ? definitionLevels[this.#at] : value;
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
    const at = this.#lengths[row] as number;
    if (at < this.#dimensions) this.#vectors[row * this.#dimensions + at] = value;
    this.#lengths[row] = at + 1;
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
