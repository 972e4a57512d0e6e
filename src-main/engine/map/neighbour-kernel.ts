const tolerance = 1e-5;
const smallestBandwidth = 1e-3;
const bisections = 64;

/** For each row the distance to the nearest neighbour (rho) and the bandwidth (sigma). */
interface NeighbourKernel {
  readonly rho: Float64Array;
  readonly sigma: Float64Array;
}

/**
 * Finds for each row the sigma with which the sum of exp(-(d - rho) / sigma) over its k neighbours is
 * log2(k + 1) (McInnes et al. 2018, algorithm 3, SmoothKNNDist, with umap-js's tolerances).
 * `distances` is [count, k], ascending in each row, without the row itself.
 */
export function neighbourKernel(
  distances: Float64Array,
  count: number,
  k: number,
): NeighbourKernel {
  const rho = new Float64Array(count);
  const sigma = new Float64Array(count);
  const target = Math.log2(k + 1);
  const meanDistance = sum(distances) / (count * (k + 1));
  for (let row = 0; row < count; row++) {
    const own = distances.subarray(row * k, row * k + k);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const mean = nearest > 0 ? sum(own) / (k + 1) : meanDistance;
    rho[row] = nearest;
    sigma[row] = Math.max(bandwidth(own, nearest, target), smallestBandwidth * mean);
  }
  return { rho, sigma };
}

function bandwidth(distances: Float64Array, rho: number, target: number): number {
  let low = 0;
  let high = Infinity;
  let middle = 1;
  for (let step = 0; step < bisections; step++) {
    let total = 0;
    for (const distance of distances) {
      total += distance > rho ? Math.exp(-(distance - rho) / middle) : 1;
    }
    if (Math.abs(total - target) < tolerance) break;
    if (total > target) high = middle;
    else low = middle;
    middle = high === Infinity ? middle * 2 : (low + high) / 2;
  }
  return middle;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
