/** How a figure lies over the turns of a benchmark. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly highest: number;
}

/** The quantile of some values, linear between neighbours, as NumPy's. @throws Error without a value */
export function quantile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  const place = share * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(place)], ascending[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new Error('There are no values.');
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle of some values, and how far they go. @throws Error without a value */
export function spreadOf(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    lowest: quantile(values, 0),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
    highest: quantile(values, 1),
  };
}

/**
 * How many times as fast ours is, turn by turn: the peer's time over ours of the same turn, so that what slows
 * the machine down for a while slows both.
 * @throws Error where one has more turns than the other
 */
export function ratiosByTurn(ours: readonly number[], peer: readonly number[]): number[] {
  if (ours.length !== peer.length) throw new Error('Ours and the peer have other turns.');
  return ours.map((seconds, turn) => (peer[turn] ?? NaN) / seconds);
}
