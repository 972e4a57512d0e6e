import type { Interval } from '../../contract/comparison.ts';
import { seedRandom } from '../training/random.ts';

const resamples = 500;

/**
 * Mean of a column with the 95 % percentile interval of 500 bootstrap resamples of its entries
 * (Efron 1979), the same for the same seed. The column must not be empty.
 */
export function bootstrapMean(values: Float64Array, seed: number): Interval {
  const random = seedRandom(seed);
  const { length } = values;
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let total = 0;
    for (let draw = 0; draw < length; draw++) total += values[random.index(length)] as number;
    means[resample] = total / length;
  }
  means.sort();
  const mean = values.reduce((total, value) => total + value, 0) / length;
  const at = (share: number): number => means[Math.round(share * (resamples - 1))] ?? mean;
  return { mean, low: at(0.025), high: at(0.975) };
}
