import { fastNumbers } from '../../numeric/fast-numbers.ts';
import type { Random } from '../../numeric/random.ts';

/**
 * How often each element is drawn in `draws` uniform draws with replacement from `elements` elements,
 * for each row; [rows, width], 0 in columns from `elements` on.
 */
export function drawCounts({ width, ...size }: DrawSize, random: Random): Float32Array {
  const { rows, draws } = size;
  const counts = new Float32Array(rows * width);
  const next = drawer(size, random);
  for (let row = 0; row < rows; row += 1) {
    for (let draw = 0; draw < draws; draw += 1) {
      const index = row * width + next(row);
      counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  return counts;
}

/**
 * Puts each known element that was not drawn for a row in the place of a drawn one, so that the number of
 * draws stays; `counts` says how often each element was drawn for the row.
 */
export function countKnown(counts: Float32Array, known: readonly number[], random: Random): void {
  const isKnown = new Set(known);
  for (const element of isKnown) {
    if ((counts[element] ?? 0) > 0) continue;
    const from = random.index(counts.length);
    for (let step = 0; step < counts.length; step += 1) {
      const given = (from + step) % counts.length;
      if ((counts[given] ?? 0) === 0 || isKnown.has(given)) continue;
      counts[given] = (counts[given] ?? 0) - 1;
      counts[element] = 1;
      break;
    }
  }
}

interface DrawSize {
  readonly rows: number;
  readonly width: number;
  readonly elements: number;
  readonly draws: number;
  /** One element of each row that is never drawn, [rows]; there are at least two elements then. */
  readonly without?: ArrayLike<number>;
}

/** The elements drawn for each row, uniformly and with replacement; [rows, draws]. */
export function drawIndices(size: Omit<DrawSize, 'width'>, random: Random): Int32Array {
  const { rows, draws } = size;
  const next = drawer(size, random);
  return Int32Array.from({ length: rows * draws }, (_, at) => next(Math.floor(at / draws)));
}

/**
 * Gives the next element for a row. The elements after the one that is never drawn take its place, so
 * that the others are drawn uniformly, as if every hit of it were drawn again. A step needs hundreds of
 * thousands of draws.
 */
function drawer(
  { elements, without }: Pick<DrawSize, 'elements' | 'without'>,
  random: Random,
): (row: number) => number {
  const next = fastNumbers(random);
  if (without === undefined) return () => Math.floor(next() * elements);
  return (row) => {
    const drawn = Math.floor(next() * (elements - 1));
    return drawn < (without[row] ?? elements) ? drawn : drawn + 1;
  };
}
