import type { Interval } from '../../contract/comparison.ts';
import { seedRandom } from './random.ts';

const resamples = 500;

/**
 * Mean of a column with the 95 % percentile interval of 500 bootstrap resamples of its entries (Efron
 * 1979). The same seed gives the same interval. The column must not be empty.
 */
export function bootstrapMean(values: Float64Array, seed: number): Interval {
  return bootstrapMeans({ values }, seed).values;
}

/**
 * As `bootstrapMean`, for several columns of the same length; each resample draws the same rows of all
 * columns.
 */
export function bootstrapMeans<Name extends string>(
  columns: Readonly<Record<Name, Float64Array>>,
  seed: number,
): Record<Name, Interval> {
  const named = Object.entries<Float64Array>(columns).map(([name, values]) => ({
    name,
    values,
    means: new Float64Array(resamples),
  }));
  const random = seedRandom(seed);
  const drawn = new Uint32Array(named[0]?.values.length ?? 0);
  for (let resample = 0; resample < resamples; resample++) {
    for (let draw = 0; draw < drawn.length; draw++) drawn[draw] = random.index(drawn.length);
    for (const { values, means } of named) means[resample] = meanOfRows(values, drawn);
  }
  return Object.fromEntries(
    named.map(({ name, values, means }) => [name, intervalOf(values, means.sort())]),
  ) as Record<Name, Interval>;
}

function meanOfRows(values: Float64Array, rows: Uint32Array): number {
  let total = 0;
  for (let index = 0; index < rows.length; index++)
    total += values[rows[index] as number] as number;
  return total / rows.length;
}

function intervalOf(values: Float64Array, sortedMeans: Float64Array): Interval {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const quantile = (share: number): number =>
    sortedMeans[Math.round(share * (resamples - 1))] ?? mean;
  return { mean, low: quantile(0.025), high: quantile(0.975) };
}
