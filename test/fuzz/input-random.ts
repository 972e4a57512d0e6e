import { seedRandom } from '../../src-main/engine/numeric/random.ts';
import type { Random } from '../../src-main/engine/numeric/random.ts';

/** The random numbers of one input, which are the same whatever was read before it. */
export function inputRandom(seed: number, number: number): Random {
  return seedRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
}
