/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` places in a square of `side` about the origin, x and y in turn. */
export function randomPlaces(seed: number, count: number, side = 10): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: 2 * count }, () => (random() - 0.5) * side);
}
