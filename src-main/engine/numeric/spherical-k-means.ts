import type { Random } from './random.ts';

/** Unit rows to be clustered, [count, width], row-major. */
export interface ClusteredRows {
  readonly vectors: Float32Array;
  readonly count: number;
  readonly width: number;
}

interface Clusters {
  /** Centres, unit rows [clusters, width], row-major. */
  readonly centres: Float32Array;
  /** The cluster of each row. */
  readonly of: Uint32Array;
}

/** The most iterations: what still changes after these is small beside what the next epoch changes. */
const rounds = 10;

/**
 * Spherical k-means (Dhillon and Modha 2001): centres are unit means, and a row belongs to the centre
 * with the largest cosine. Begins with the centres `begun`, or with rows drawn as k-means++ draws them.
 * A centre without rows gets the row that fits its own centre least. Needs at least as many rows as
 * clusters.
 */
export function sphericalKMeans(
  rows: ClusteredRows,
  clusters: number,
  random: Random,
  begun?: Float32Array,
): Clusters {
  const centres = begun?.slice() ?? seededCentres(rows, clusters, random);
  let nearest = nearestCentres(rows, centres, clusters);
  for (let round = 0; round < rounds; round += 1) {
    moveCentres(rows, clusters, nearest, centres);
    const next = nearestCentres(rows, centres, clusters);
    const isSettled = next.of.every((cluster, row) => cluster === nearest.of[row]);
    nearest = next;
    if (isSettled) break;
  }
  return { centres, of: nearest.of };
}

interface Nearest {
  readonly of: Uint32Array;
  /** Cosine of each row and its centre. */
  readonly similarity: Float32Array;
}

/** The most similar centre of each row; the first of equal ones. */
export function nearestCentres(
  { vectors, count, width }: ClusteredRows,
  centres: Float32Array,
  clusters: number,
): Nearest {
  const of = new Uint32Array(count);
  const similarity = new Float32Array(count).fill(-Infinity);
  for (let row = 0; row < count; row += 1) {
    for (let cluster = 0; cluster < clusters; cluster += 1) {
      const cosine = product(vectors, row * width, centres, cluster * width, width);
      if (cosine <= (similarity[row] ?? 0)) continue;
      similarity[row] = cosine;
      of[row] = cluster;
    }
  }
  return { of, similarity };
}

function product(
  left: Float32Array,
  leftStart: number,
  right: Float32Array,
  rightStart: number,
  width: number,
): number {
  let sum = 0;
  for (let index = 0; index < width; index += 1) {
    sum += (left[leftStart + index] ?? 0) * (right[rightStart + index] ?? 0);
  }
  return sum;
}

function moveCentres(
  { vectors, count, width }: ClusteredRows,
  clusters: number,
  { of, similarity }: Nearest,
  centres: Float32Array,
): void {
  const sizes = new Uint32Array(clusters);
  const fit = similarity.slice();
  centres.fill(0);
  for (let row = 0; row < count; row += 1) {
    const cluster = of[row] ?? 0;
    sizes[cluster] = (sizes[cluster] ?? 0) + 1;
    for (let index = 0; index < width; index += 1) {
      const entry = cluster * width + index;
      centres[entry] = (centres[entry] ?? 0) + (vectors[row * width + index] ?? 0);
    }
  }
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const centre = centres.subarray(cluster * width, (cluster + 1) * width);
    const length = Math.hypot(...centre);
    if ((sizes[cluster] ?? 0) > 0 && length > 0) {
      centre.forEach((value, index) => (centre[index] = value / length));
      continue;
    }
    const worst = leastFitting(fit);
    centre.set(vectors.subarray(worst * width, (worst + 1) * width));
    fit[worst] = Infinity;
  }
}

function leastFitting(fit: Float32Array): number {
  return fit.reduce((worst, value, row) => (value < (fit[worst] ?? Infinity) ? row : worst), 0);
}

/**
 * Draws rows one after another, each in proportion to its squared distance to the nearest row drawn so
 * far.
 */
function seededCentres(rows: ClusteredRows, clusters: number, random: Random): Float32Array {
  const { vectors, count, width } = rows;
  const centres = new Float32Array(clusters * width);
  const distances = new Float64Array(count).fill(Infinity);
  let chosen = random.index(count);
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    centres.set(vectors.subarray(chosen * width, (chosen + 1) * width), cluster * width);
    for (let row = 0; row < count; row += 1) {
      // The squared distance of unit rows; rounding may make it negative.
      const cosine = product(vectors, row * width, centres, cluster * width, width);
      distances[row] = Math.min(distances[row] ?? 0, Math.max(0, 2 - 2 * cosine));
    }
    chosen = drawnBy(distances, random);
  }
  return centres;
}

/** Draws an index in proportion to its weight; any index where all weights are 0. */
function drawnBy(weights: Float64Array, random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = random.uniform(0, total);
  const drawn = weights.findIndex((weight) => (left -= weight) < 0);
  return drawn < 0 ? random.index(weights.length) : drawn;
}
