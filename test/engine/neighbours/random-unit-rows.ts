import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Scales every row to length 1, in place. */
export function normaliseRows(vectors: Float32Array, dimensions: number): Float32Array {
  for (let start = 0; start < vectors.length; start += dimensions) {
    const row = vectors.subarray(start, start + dimensions);
    const length = Math.hypot(...row);
    row.set(row.map((value) => value / length));
  }
  return vectors;
}

/** Unit rows around `clusters` random centres; `spread` is the noise relative to a centre's values. */
export function clusteredUnitRows(options: {
  count: number;
  dimensions: number;
  clusters: number;
  spread: number;
  seed: number;
}): Float32Array {
  const { count, dimensions, clusters, spread } = options;
  const generator = xoroshiro128plus(options.seed);
  const noise = () =>
    uniformFloat64(generator) + uniformFloat64(generator) + uniformFloat64(generator) - 1.5;
  const centres = Float64Array.from({ length: clusters * dimensions }, noise);
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const centre = (row % clusters) * dimensions;
    for (let index = 0; index < dimensions; index++) {
      vectors[row * dimensions + index] = centres[centre + index]! + spread * noise();
    }
  }
  return normaliseRows(vectors, dimensions);
}
