import { basename } from 'node:path';
import type { ImportProblem } from '../../../contract/imports.ts';
import type { KeptVectors } from './kept-vectors.ts';
import type { MatchedRows } from './match-rows.ts';
import type { OpenPart } from './open-part.ts';
import type { RowProblems } from './row-problems.ts';

/** The lengths of vectors before they were made unit vectors. */
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

/** Rows of float32 that were made unit vectors are no nearer to length 1; they stay as they are. */
const unitTolerance = 1e-6;

export interface RowSink {
  /** Where the vectors of an epoch go; null takes those of files without epochs. */
  readonly keptOf: (epoch: number | null) => KeptVectors | null;
  readonly problems: RowProblems;
  readonly norms: Norms;
}

/** Makes the matched rows of a file unit vectors and hands them on; those that cannot be are reported. */
export async function writeRows(
  part: OpenPart,
  { samples, epochs }: MatchedRows,
  { keptOf, problems, norms }: RowSink,
  yieldToEvents: (rows: number) => Promise<void>,
): Promise<void> {
  const dimensions = part.vectors.length ?? 0;
  let row = 0;
  for await (const block of part.table.vectors(part.vectors.name)) {
    const count = block.vectors.length / dimensions;
    for (let at = 0; at < count; at++, row++) {
      const id = samples[row] ?? 0;
      if (id === 0) continue;
      const vector = block.vectors.subarray(at * dimensions, (at + 1) * dimensions);
      const norm = euclideanLength(vector);
      const problem = problemOf(block.lengths?.[at] ?? dimensions, dimensions, norm);
      if (problem === null) {
        makeUnit(vector, norm);
        norms.add(norm);
        keptOf(epochs?.[row] ?? null)?.add(id, vector);
      } else problems.add(problem.why, exampleOf(part, row, problem.note));
    }
    await yieldToEvents(row);
  }
}

function euclideanLength(vector: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < vector.length; place++) {
    const value = vector[place] as number;
    sum += value * value;
  }
  return Math.sqrt(sum);
}

function makeUnit(vector: Float32Array, norm: number): void {
  if (Math.abs(norm - 1) <= unitTolerance) return;
  const factor = 1 / norm;
  for (let place = 0; place < vector.length; place++) {
    vector[place] = (vector[place] as number) * factor;
  }
}

function problemOf(
  length: number,
  wanted: number,
  norm: number,
): { readonly why: ImportProblem; readonly note: string } | null {
  if (length === 0) return { why: 'no-vector', note: '' };
  if (length !== wanted) return { why: 'wrong-dimension', note: `${length} instead of ${wanted}` };
  if (!Number.isFinite(norm)) return { why: 'not-finite', note: '' };
  return norm === 0 ? { why: 'zero', note: '' } : null;
}

function exampleOf({ table }: OpenPart, row: number, note: string) {
  return () => ({ file: basename(table.file), row: row + 1, name: '', note });
}
