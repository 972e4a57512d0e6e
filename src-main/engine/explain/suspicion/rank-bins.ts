/** Ranks that have a bin of their own. */
const singleRanks = 32;
/** From there on each bin ends where the rank has grown by this factor. */
const growth = 1.1;

/**
 * The bins of ranks 0 to `count` - 1 in which pairs are counted: the first rank of each bin, ascending.
 * Bins of high ranks are wide, because there the probability hardly changes.
 */
export function rankBinStarts(count: number): Uint32Array {
  const starts: number[] = [];
  for (let start = 0; start < count; start = nextStart(start)) starts.push(start);
  return Uint32Array.from(starts);
}

function nextStart(start: number): number {
  return start < singleRanks ? start + 1 : Math.ceil(start * growth);
}

/** The bin of each rank from 0 to `count` - 1, [count]. */
export function binOfRanks(starts: Uint32Array, count: number): Uint8Array {
  const bins = new Uint8Array(count);
  for (const [bin, start] of starts.entries()) bins.fill(bin, start);
  return bins;
}
