import { setImmediate } from 'node:timers/promises';
import type { GeneratedNegatives } from '../../contract/generated-negatives.ts';
import { lengthEpsilon } from '../networks/generator-shape.ts';
import { seedRandom } from '../numeric/random.ts';
import { dotProduct } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import type { RunGenerator } from './run-generator.ts';

/** An anchor among pictures: its row, and the sample id of each row. */
interface AnchorRow {
  readonly rows: UnitRows;
  readonly row: number;
  readonly ids: Uint32Array;
}

/** How many negatives are made, and the seed of their noise. */
interface Asked {
  readonly count: number;
  readonly seed: number;
}

/**
 * What a generator makes of an anchor's z, beside the real pictures. The features that it takes are the z
 * of the finished encoder, where the training had the mean of the views of a step.
 */
export async function generatedOfAnchor(
  generator: RunGenerator,
  { rows, row, ids }: AnchorRow,
  { count, seed }: Asked,
): Promise<Omit<GeneratedNegatives, 'anchor' | 'perPicture'>> {
  const { dimensions } = rows;
  const z = rows.vectors.subarray(row * dimensions, (row + 1) * dimensions);
  const random = seedRandom(seed);
  const noise = Float32Array.from({ length: count * generator.shape.noise }, () => random.normal());
  const made = generatedRows(generator, z, noise);
  const all = new Float32Array(rows.vectors.length + made.length);
  all.set(rows.vectors);
  all.set(made, rows.vectors.length);
  const similarityOf = (one: number, other: number): number =>
    dotProduct(all, one * dimensions, other * dimensions, dimensions);
  const real = new Float64Array(rows.count);
  for (let other = 0; other < rows.count; other += 1) real[other] = similarityOf(row, other);
  const ascending = real.filter((_, other) => other !== row).sort();
  const similarity = Float32Array.from({ length: count }, (_, index) =>
    similarityOf(row, rows.count + index),
  );
  const nearest: NearestPicture[] = [];
  for (let index = 0; index < count; index += 1) {
    // Other calls are answered in between.
    await setImmediate();
    nearest.push(
      nearestPicture(rows.count, row, (other) => similarityOf(rows.count + index, other)),
    );
  }
  return {
    pictures: ascending.length,
    meanSimilarity: similarity.reduce((sum, value) => sum + value, 0) / count,
    nearestSimilarity: ascending.at(-1) ?? -1,
    diversity: diversityOf(made, count, dimensions),
    similarity,
    ids: Uint32Array.from(nearest, ({ other }) => ids[other] ?? 0),
    similarityToPicture: Float32Array.from(nearest, (found) => found.similarity),
    harder: Uint32Array.from(similarity, (value) => countAbove(ascending, value)),
  };
}

/** n = W2 relu(W1 (z, noise) + b1) + b2, divided by its length, for each row of noise; [count, d]. */
export function generatedRows(
  { shape, first, firstBias, second, secondBias }: RunGenerator,
  z: Float32Array,
  noise: Float32Array,
): Float32Array {
  const { features, noise: noiseSide, width } = shape;
  const count = noise.length / noiseSide;
  const made = new Float32Array(count * features);
  const ofZ = plusProducts(firstBias, z, first);
  const ofNoise = first.subarray(features * width);
  for (let index = 0; index < count; index += 1) {
    const drawn = noise.subarray(index * noiseSide, (index + 1) * noiseSide);
    const hidden = plusProducts(ofZ, drawn, ofNoise).map((sum) => Math.max(0, sum));
    const negative = plusProducts(secondBias, hidden, second);
    const length = Math.hypot(...negative) + lengthEpsilon;
    made.set(
      Float32Array.from(negative, (value) => value / length),
      index * features,
    );
  }
  return made;
}

/** start + x W; W is [x.length, start.length], row after row. */
function plusProducts(
  start: Float32Array | Float64Array,
  x: Float32Array | Float64Array,
  weights: Float32Array,
): Float64Array {
  const sums = Float64Array.from(start);
  for (const [row, value] of x.entries()) {
    const at = row * sums.length;
    for (let column = 0; column < sums.length; column += 1) {
      sums[column] = (sums[column] as number) + value * (weights[at + column] as number);
    }
  }
  return sums;
}

/** A picture by its row, and its similarity to a generated negative. */
interface NearestPicture {
  readonly other: number;
  readonly similarity: number;
}

/** The most similar of `count` rows besides the anchor's; ties by the lower row. */
function nearestPicture(
  count: number,
  anchor: number,
  similarityTo: (row: number) => number,
): NearestPicture {
  let nearest: NearestPicture = { other: anchor, similarity: -Infinity };
  for (let other = 0; other < count; other += 1) {
    if (other === anchor) continue;
    const similarity = similarityTo(other);
    if (similarity > nearest.similarity) nearest = { other, similarity };
  }
  return nearest;
}

/** How many of the ascending values are above one. */
function countAbove(ascending: Float64Array, value: number): number {
  const first = ascending.findIndex((one) => one > value);
  return first < 0 ? 0 : ascending.length - first;
}

/** As `negativeDiversity` of the training, of one picture. */
function diversityOf(made: Float32Array, count: number, dimensions: number): number {
  const numbers = Math.floor(count / 2) * dimensions;
  let sum = 0;
  for (let index = 0; index < numbers; index += 1) {
    sum += Math.abs((made[index] as number) - (made[index + numbers] as number));
  }
  return sum / numbers;
}
