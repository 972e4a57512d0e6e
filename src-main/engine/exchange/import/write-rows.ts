import { basename } from 'node:path';
import type { ImportProblem } from '../../../contract/imports.ts';
import type { VectorRows } from '../../formats/tables/import-table.ts';
import type { ImportedVectors } from './imported-vectors.ts';
import type { MatchedRows } from './row-matching.ts';
import type { OpenPart } from './open-part.ts';
import type { RowProblems } from './row-problems.ts';

/** Collects the lengths of vectors before they were scaled to unit length. */
export class Norms {
  count = 0;
  #least = Infinity;
  #largest = 0;
  #sum = 0;

  add(norm: number): void {
    this.count++;
    this.#least = Math.min(this.#least, norm);
    this.#largest = Math.max(this.#largest, norm);
    this.#sum += norm;
  }

  report(): { least: number; mean: number; largest: number } | null {
    if (this.count === 0) return null;
    return { least: this.#least, mean: this.#sum / this.count, largest: this.#largest };
  }
}

/** A float32 vector whose length is within this of 1 is not scaled: scaling brings it no nearer to 1. */
const unitTolerance = 1e-6;

interface RowSink {
  /**
   * The writer of an epoch's vectors, null for files without epochs. Returns null where nothing is
   * written.
   */
  readonly vectorsOf: (epoch: number | null) => ImportedVectors | null;
  readonly problems: RowProblems;
  readonly norms: Norms;
}

/**
 * Scales the matched rows of a file to unit length and passes them on; rows where that fails are
 * reported as problems.
 */
export async function writeRows(
  part: OpenPart,
  { samples, epochs }: MatchedRows,
  { vectorsOf, problems, norms }: RowSink,
  yieldToEvents: (rows: number) => Promise<void>,
): Promise<void> {
  const dimensions = part.vectors.length ?? 0;
  let row = 0;
  for await (const block of part.table.vectors(part.vectors.name)) {
    const count = block.vectors.length / dimensions;
    for (let index = 0; index < count; index++, row++) {
      const id = samples[row] ?? 0;
      if (id === 0) continue;
      const vector = block.vectors.subarray(index * dimensions, (index + 1) * dimensions);
      const norm = euclideanLength(vector);
      const problem = block.flaws?.get(index) ?? problemOf(block, index, dimensions, norm);
      if (problem === null) {
        makeUnit(vector, norm);
        norms.add(norm);
        vectorsOf(epochs?.[row] ?? null)?.add(id, vector);
      } else problems.add(problem.why, exampleOf(part, row, problem.note));
    }
    await yieldToEvents(row);
  }
}

function euclideanLength(vector: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < vector.length; index++) {
    const value = vector[index] as number;
    sum += value * value;
  }
  return Math.sqrt(sum);
}

function makeUnit(vector: Float32Array, norm: number): void {
  if (Math.abs(norm - 1) <= unitTolerance) return;
  const factor = 1 / norm;
  for (let index = 0; index < vector.length; index++) {
    vector[index] = (vector[index] as number) * factor;
  }
}

function problemOf(
  { lengths }: VectorRows,
  row: number,
  wanted: number,
  norm: number,
): { readonly why: ImportProblem; readonly note: string } | null {
  const length = lengths?.[row] ?? wanted;
  if (length === 0) return { why: 'no-vector', note: '' };
  if (length !== wanted) return { why: 'wrong-dimension', note: `${length} instead of ${wanted}` };
  if (!Number.isFinite(norm)) return { why: 'not-finite', note: '' };
  return norm === 0 ? { why: 'zero', note: '' } : null;
}

function exampleOf({ table }: OpenPart, row: number, note: string) {
  return () => ({ file: basename(table.file), row: row + 1, name: '', note });
}
