/**
 * The rising numbers nearest to `values` [n] by weighted squares (pool adjacent violators; Barlow et al.
 * 1972): each violation is replaced by the weighted mean of what it joins. Weights [n] are above 0.
 */
export function isotonicRegression(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  const count = values.length;
  const [means, masses] = [new Float64Array(count), new Float64Array(count)];
  /** Where each block ends, exclusive. */
  const ends = new Uint32Array(count);
  let blocks = 0;
  for (let index = 0; index < count; index++) {
    let mean = values[index] as number;
    let mass = weights[index] as number;
    while (blocks > 0 && (means[blocks - 1] as number) >= mean) {
      const before = masses[--blocks] as number;
      mean = ((means[blocks] as number) * before + mean * mass) / (before + mass);
      mass += before;
    }
    means[blocks] = mean;
    masses[blocks] = mass;
    ends[blocks++] = index + 1;
  }
  const fitted = new Float64Array(count);
  for (let block = 0, start = 0; block < blocks; start = ends[block++] as number) {
    fitted.fill(means[block] as number, start, ends[block]);
  }
  return fitted;
}
