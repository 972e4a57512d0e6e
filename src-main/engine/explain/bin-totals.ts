import { binNames } from '../../contract/bins.ts';
import type { BinName } from '../../contract/bins.ts';
import type { BinShare, Explanation } from '../../contract/negatives.ts';

/** How many candidates each bin has, and what it takes of the net gradient. */
export function binTotals({
  bin,
  share,
}: {
  readonly bin: Uint8Array;
  readonly share: Float64Array;
}): Pick<Explanation, 'binCounts' | 'binShares'> {
  const counts = new Float64Array(binNames.length);
  const pushes = new Float64Array(binNames.length);
  const attractions = new Float64Array(binNames.length);
  for (let candidate = 0; candidate < bin.length; candidate++) {
    const index = bin[candidate] as number;
    const part = share[candidate] as number;
    counts[index] = (counts[index] as number) + 1;
    if (part > 0) pushes[index] = (pushes[index] as number) + part;
    else attractions[index] = (attractions[index] as number) - part;
  }
  const shareOf = (index: number): BinShare => {
    const [push, attraction] = [pushes[index] ?? 0, attractions[index] ?? 0];
    return { share: push - attraction, push, attraction };
  };
  return {
    binCounts: byName((index) => counts[index] ?? 0),
    binShares: byName(shareOf),
  };
}

function byName<T>(valueOf: (index: number) => T): Record<BinName, T> {
  const entries = binNames.map((name, index) => [name, valueOf(index)] as const);
  return Object.fromEntries(entries) as Record<BinName, T>;
}
