import type { SchemaTree } from 'hyparquet';
import { rowsPerChunk } from '../import-table.ts';
import type { VectorRows } from '../import-table.ts';
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

/** The lengths of the lists in a page; the first may go on from the page before. */
export function levelsOf(page: ParquetPage, schemaPath: readonly SchemaTree[]): number[] {
  const lengths: number[] = [];
  walk(page, listLevels(schemaPath), {
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
    walk(page, levels, block);
    // The last row may go on in the next page.
    if (block.rows > rowsPerChunk(dimensions)) yield block.takeAllButLast();
  }
  if (block.rows > 0) yield block.takeAll();
}

interface ListVisitor {
  /** A new list begins. */
  begin(): void;
  value(value: number): void;
}

function walk(page: ParquetPage, levels: ListLevels, visitor: ListVisitor): void {
  const { values, definitionLevels, repetitionLevels } = page;
  const count = repetitionLevels.length;
  const hasNulls = definitionLevels.length > 0;
  let next = 0;
  for (let at = 0; at < count; at++) {
    if (repetitionLevels[at] === 0) visitor.begin();
    const level = hasNulls ? definitionLevels[at] : levels.value;
    if (level === levels.value) visitor.value(Number(values[next++]));
    else if (level === levels.nothing) visitor.value(NaN);
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
