import type { Random } from './random.ts';

/**
 * A generator of numbers uniform in [0, 1) that one number of `random` seeds: ten times as fast
 * (mulberry32), for draws by the hundred thousand.
 */
export function fastNumbers(random: Random): () => number {
  let state = random.index(2 ** 32);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
