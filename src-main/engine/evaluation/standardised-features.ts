import type { UnitRows } from '../numeric/unit-rows.ts';

/**
 * Gives a row's features with mean 0 and deviation 1 over the training rows (0 where they are all the
 * same), and a constant 1 at the end; [dimensions + 1].
 */
export function standardisation(
  { vectors, dimensions }: UnitRows,
  train: Uint32Array,
): (row: number) => Float32Array {
  const means = new Float64Array(dimensions);
  for (const row of train) {
    for (let column = 0; column < dimensions; column++) {
      means[column] =
        (means[column] as number) + (vectors[row * dimensions + column] as number) / train.length;
    }
  }
  const variances = new Float64Array(dimensions);
  for (const row of train) {
    for (let column = 0; column < dimensions; column++) {
      const away = (vectors[row * dimensions + column] as number) - (means[column] as number);
      variances[column] = (variances[column] as number) + (away * away) / train.length;
    }
  }
  const scales = variances.map((variance) => (variance > 1e-12 ? 1 / Math.sqrt(variance) : 0));
  return (row) => {
    const features = new Float32Array(dimensions + 1).fill(1);
    for (let column = 0; column < dimensions; column++) {
      const value = vectors[row * dimensions + column] as number;
      features[column] = (value - (means[column] as number)) * (scales[column] as number);
    }
    return features;
  };
}
