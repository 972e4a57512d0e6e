/** Beyond so many ways to share out the values no exact test is made. */
const mostWays = 200_000;
/** Sums of the same values in another order differ by rounding. */
const tolerance = 1e-12;

/** An exact test: its two-sided p, and the smallest p that so many values could give. */
interface ExactTest {
  readonly p: number;
  readonly smallest: number;
}

/**
 * The exact permutation test that two groups of values are of one distribution: of all ways to share
 * the values out between groups of these sizes, the part in which the means differ by at least as much
 * as they do. Null where there are too many ways, or an empty group.
 */
export function permutationTest(
  first: readonly number[],
  second: readonly number[],
): ExactTest | null {
  const values = [...first, ...second];
  const ways = choose(values.length, first.length);
  if (first.length === 0 || second.length === 0 || ways > mostWays) return null;
  const total = values.reduce((sum, value) => sum + value, 0);
  const distance = (sum: number): number =>
    Math.abs(sum / first.length - (total - sum) / second.length);
  const scale = Math.max(...values.map(Math.abs), 1e-300);
  const seen = distance(first.reduce((sum, value) => sum + value, 0)) - tolerance * scale;
  let asFar = 0;
  const share = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      if (distance(sum) >= seen) asFar += 1;
      return;
    }
    for (let index = from; index <= values.length - left; index++) {
      share(index + 1, left - 1, sum + (values[index] as number));
    }
  };
  share(0, first.length, 0);
  return { p: asFar / ways, smallest: smallestExactP(first.length, second.length) };
}

/** The smallest two-sided p of the exact test between groups of these sizes. */
export function smallestExactP(first: number, second: number): number {
  // With groups of one size, each way has a mirror image with the same distance.
  return (first === second ? 2 : 1) / choose(first + second, first);
}

function choose(all: number, chosen: number): number {
  let ways = 1;
  for (let index = 1; index <= chosen; index++) ways = (ways * (all - chosen + index)) / index;
  return Math.round(ways);
}
