import { rowsPerChunk } from '../tables/import-table.ts';
import type { VectorFlaw, VectorRows } from '../tables/import-table.ts';
import { isMissing, isNumber, toNumber } from './cell-numbers.ts';
import { listOfCells } from './cell-lists.ts';
import type { FileRecord } from './record-columns.ts';

/** Finds the cells of a row's vector, with the name of each. */
interface VectorCells {
  readonly cellsOf: (record: FileRecord) => readonly unknown[];
  readonly nameOf: (index: number) => string;
}

/** The cells of columns that form a vector together; none where all of them are empty. */
export function cellsOfColumns(parts: readonly string[]): VectorCells {
  return {
    cellsOf: (record) => {
      const cells = parts.map((part) => record[part]);
      return cells.every(isMissing) ? [] : cells;
    },
    nameOf: (index) => parts[index] ?? '',
  };
}

/** The cells of one column of lists. A cell that holds something else is a vector of this one cell. */
export function cellsOfLists(column: string): VectorCells {
  return {
    cellsOf: (record) => {
      const value = record[column];
      return isMissing(value) ? [] : (listOfCells(value) ?? [value]);
    },
    nameOf: (index) => `value ${index + 1}`,
  };
}

/** Reads the vectors of rows in blocks, with what is wrong with some of them. */
export async function* vectorBlocks(
  records: AsyncIterable<FileRecord>,
  { cellsOf, nameOf }: VectorCells,
  dimensions: number,
): AsyncGenerator<VectorRows> {
  const capacity = rowsPerChunk(dimensions);
  let block = emptyBlock(capacity, dimensions);
  let filled = 0;
  for await (const record of records) {
    const cells = cellsOf(record);
    block.lengths[filled] = cells.length;
    if (cells.length === dimensions) {
      const flaw = fill(block.vectors, filled * dimensions, cells, nameOf);
      if (flaw) block.flaws.set(filled, flaw);
    }
    filled++;
    if (filled < capacity) continue;
    yield block;
    block = emptyBlock(capacity, dimensions);
    filled = 0;
  }
  if (filled === 0) return;
  const { vectors, lengths, flaws } = block;
  yield {
    vectors: vectors.subarray(0, filled * dimensions),
    lengths: lengths.subarray(0, filled),
    flaws,
  };
}

/** Writes the numbers of the cells; returns the worst flaw, a cell that holds no number at all. */
function fill(
  vectors: Float32Array,
  start: number,
  cells: readonly unknown[],
  nameOf: (index: number) => string,
): VectorFlaw | null {
  let flaw: VectorFlaw | null = null;
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index];
    const number = toNumber(cell);
    vectors[start + index] = number;
    if (Number.isFinite(number) || flaw?.why === 'not-a-number') continue;
    const isReadable = isMissing(cell) || isNumber(cell);
    if (isReadable && flaw !== null) continue;
    const why = isReadable ? 'not-finite' : 'not-a-number';
    flaw = { why, note: `${nameOf(index)} is ${inWords(cell)}` };
  }
  return flaw;
}

const longestShown = 40;

function inWords(cell: unknown): string {
  if (isMissing(cell)) return 'empty';
  // JSON has no words for NaN and infinity.
  const text = typeof cell === 'number' ? String(cell) : textOf(cell);
  return `“${text.length > longestShown ? `${text.slice(0, longestShown)}…` : text}”`;
}

function textOf(cell: unknown): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

function emptyBlock(rows: number, dimensions: number) {
  return {
    vectors: new Float32Array(rows * dimensions).fill(NaN),
    lengths: new Uint32Array(rows),
    flaws: new Map<number, VectorFlaw>(),
  };
}
