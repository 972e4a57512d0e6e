import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Two views of `batch` pictures as unit rows; `noise` is how far the second is from the first. */
export function randomViews(options: {
  batch: number;
  dimensions: number;
  noise: number;
  seed: number;
}): { z1: number[][]; z2: number[][] } {
  const generator = xoroshiro128plus(options.seed);
  const draw = (): number => 2 * uniformFloat64(generator) - 1;
  const z1 = Array.from({ length: options.batch }, () =>
    unitRow(Array.from({ length: options.dimensions }, draw)),
  );
  const z2 = z1.map((row) => unitRow(row.map((value) => value + options.noise * draw())));
  return { z1, z2 };
}

function unitRow(row: readonly number[]): number[] {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}
