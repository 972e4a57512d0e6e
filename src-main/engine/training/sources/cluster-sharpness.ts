import type { ClusteredRows } from '../../numeric/spherical-k-means.ts';

/** PCL's α, which keeps small clusters from a low temperature. */
const smoothing = 10;
/** Concentrations are clipped to these percentiles of all. */
const [lowest, highest] = [10, 90];
/** A cluster of equal rows has no width; its temperature is this part of the mean at least. */
const leastShare = 1e-3;

/**
 * t / φ of each cluster [P], where φ is its own temperature in place of t (PCL, Li et al. 2021, eq. 12):
 * the mean distance of its rows to the centre over log(rows + α), clipped, and scaled to a mean of t. A
 * cluster of one row is as wide as the widest.
 * @param of the cluster of each row; `centres` are unit rows [P, d]
 */
export function clusterSharpness(
  { vectors, count, width }: ClusteredRows,
  of: Uint32Array,
  centres: Float32Array,
): Float32Array {
  const clusters = centres.length / width;
  const [distances, rows] = [new Float64Array(clusters), new Uint32Array(clusters)];
  for (let row = 0; row < count; row += 1) {
    const cluster = of[row] ?? 0;
    let squares = 0;
    for (let at = 0; at < width; at += 1) {
      squares += ((vectors[row * width + at] ?? 0) - (centres[cluster * width + at] ?? 0)) ** 2;
    }
    distances[cluster] = (distances[cluster] ?? 0) + Math.sqrt(squares);
    rows[cluster] = (rows[cluster] ?? 0) + 1;
  }
  const own = distances.map((sum, cluster) => {
    const members = rows[cluster] ?? 0;
    return members > 1 ? sum / members / Math.log(members + smoothing) : 0;
  });
  const widest = Math.max(...own);
  const filled = own.map((value, cluster) => ((rows[cluster] ?? 0) > 1 ? value : widest));
  const [least, most] = [percentile(filled, lowest), percentile(filled, highest)];
  const clipped = filled.map((value) => Math.min(most, Math.max(least, value)));
  const mean = clipped.reduce((sum, value) => sum + value, 0) / clusters;
  if (mean === 0) return new Float32Array(clusters).fill(1);
  return Float32Array.from(clipped, (value) => mean / Math.max(value, leastShare * mean));
}

/** As numpy.percentile: linear between the two nearest. */
function percentile(values: Float64Array, percent: number): number {
  const sorted = values.toSorted();
  const position = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(position);
  const [a = 0, b = a] = sorted.subarray(below, below + 2);
  return a + (position - below) * (b - a);
}
