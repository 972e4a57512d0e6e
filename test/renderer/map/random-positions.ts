import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

/** `count` positions in a square of `side` about the origin, x and y in turn. */
export function randomPositions(seed: number, count: number, side = 10): Float32Array {
  const random = seedRandom(seed);
  return Float32Array.from({ length: 2 * count }, () => random.uniform(-side / 2, side / 2));
}
