import { neighboursForHalves } from '../../../src-main/engine/comparison/subsampled-deviations.ts';
import type { SubsampledRun } from '../../../src-main/engine/comparison/subsampled-measures.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const dimensions = 6;
const classes = 5;

/** Pictures with labels, and their neighbours in two networks. */
interface ExchangeableNetworks {
  readonly labels: Int32Array;
  readonly runs: readonly [SubsampledRun, SubsampledRun];
}

/**
 * A sample of pictures seen by two networks in exchangeable ways, so that the difference of any measure
 * of one network has mean 0 exactly: each sees its class's axis with noise of its own.
 */
export function exchangeableNetworks(count: number, seed: number): ExchangeableNetworks {
  const random = seedRandom(seed);
  const labels = Int32Array.from({ length: count }, () => random.index(classes));
  const seen = (): SubsampledRun =>
    seenBy(
      Array.from(labels, (label) => {
        const row = Array.from(
          { length: dimensions },
          (_, axis) => 0.8 * Number(axis === label) + 0.5 * random.normal(),
        );
        const length = Math.hypot(...row);
        return row.map((value) => value / length);
      }),
    );
  return { labels, runs: [seen(), seen()] };
}

/** By plain sorting and adding up, which is quicker for so few than starting threads. */
function seenBy(rows: readonly (readonly number[])[]): SubsampledRun {
  const k = Math.min(rows.length - 1, neighboursForHalves(20));
  const means = new Float64Array(rows.length);
  const squares = new Float64Array(rows.length);
  const nearest = rows.map((row, self) => {
    const cosines = rows.map((other) =>
      other.reduce((total, value, axis) => total + value * (row[axis] ?? 0), 0),
    );
    const order = [...rows.keys()].filter((other) => other !== self);
    for (const other of order) {
      const cosine = cosines[other] ?? 0;
      means[self] = (means[self] ?? 0) + cosine / order.length;
      squares[self] = (squares[self] ?? 0) + cosine ** 2 / order.length;
    }
    order.sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0));
    return order.slice(0, k).map((other) => ({ other, cosine: cosines[other] ?? 0 }));
  });
  const neighbours = {
    k,
    rows: Int32Array.from(nearest.flat(), ({ other }) => other),
    similarities: Float32Array.from(nearest.flat(), ({ cosine }) => cosine),
  };
  return { neighbours, voting: neighbours, moments: { means, squares } };
}
