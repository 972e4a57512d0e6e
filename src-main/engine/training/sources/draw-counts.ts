import type { Random } from '../../numeric/random.ts';

/**
 * How often each element is drawn in `draws` uniform draws with replacement from `elements` elements,
 * for each row; [rows, width], 0 in columns from `elements` on. A step needs hundreds of thousands of
 * draws, so one number of `random` seeds a generator that is ten times as fast (mulberry32).
 */
export function drawCounts(
  { rows, width, elements, draws }: DrawSize,
  random: Random,
): Float32Array {
  const next = fastNumbers(random);
  const counts = new Float32Array(rows * width);
  for (let start = 0; start < counts.length; start += width) {
    for (let draw = 0; draw < draws; draw += 1) {
      const index = start + Math.floor(next() * elements);
      counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  return counts;
}

interface DrawSize {
  readonly rows: number;
  readonly width: number;
  readonly elements: number;
  readonly draws: number;
}

/** The elements drawn for each row, uniformly and with replacement; [rows, draws]. */
export function drawIndices(
  { rows, elements, draws }: Omit<DrawSize, 'width'>,
  random: Random,
): Int32Array {
  const next = fastNumbers(random);
  return Int32Array.from({ length: rows * draws }, () => Math.floor(next() * elements));
}

/** Uniform in [0, 1). */
function fastNumbers(random: Random): () => number {
  let state = random.index(2 ** 32);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
