import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A seeded source of random numbers. Its state can be saved, so that a killed run goes on with the same
 * numbers.
 */
export interface Random {
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Normally distributed with mean 0 and standard deviation 1 (Box-Muller). */
  normal(): number;
  /** A whole number from 0 to `count` − 1. */
  index(count: number): number;
  /** The state, for `restoreRandom`. */
  state(): number[];
}

function fromGenerator(generator: ReturnType<typeof xoroshiro128plus>): Random {
  const uniform = (low: number, high: number): number =>
    low + (high - low) * uniformFloat64(generator);
  return {
    uniform,
    normal: () =>
      Math.sqrt(-2 * Math.log(1 - uniform(0, 1))) * Math.cos(2 * Math.PI * uniform(0, 1)),
    index: (count) => uniformInt(generator, 0, count - 1),
    state: () => [...generator.getState()],
  };
}

/** A source of random numbers from a seed (any whole number): xoroshiro128+. */
export function seedRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  // Neighbouring seeds begin with similar numbers; after a few draws they differ.
  for (let draw = 0; draw < 64; draw += 1) generator.next();
  return fromGenerator(generator);
}

/** A source that continues from a saved state. */
export function restoreRandom(state: readonly number[]): Random {
  return fromGenerator(xoroshiro128plusFromState(state));
}

/** The numbers 0 to `count` − 1 in random order (Fisher-Yates). */
export function shuffledOrder(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, position) => position);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.index(last + 1);
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}
