import { neighboursForHalves } from '../../../src-main/engine/comparison/subsampled-deviations.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import type { Neighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const dimensions = 6;
const classes = 5;

/** Pictures with labels, and their neighbours in two networks. */
interface ExchangeableNetworks {
  readonly labels: Int32Array;
  readonly runs: readonly [Neighbours, Neighbours];
}

/**
 * A sample of pictures seen by two networks in exchangeable ways, so that the difference of any measure
 * of one network has mean 0 exactly: each sees its class's axis with noise of its own.
 */
export async function exchangeableNetworks(
  count: number,
  seed: number,
): Promise<ExchangeableNetworks> {
  const random = seedRandom(seed);
  const labels = Int32Array.from({ length: count }, () => random.index(classes));
  const seen = (): Promise<Neighbours> => {
    const vectors = new Float32Array(count * dimensions);
    for (const [row, label] of labels.entries()) {
      const looked = Array.from(
        { length: dimensions },
        (_, axis) => 0.8 * Number(axis === label) + 0.5 * random.normal(),
      );
      const length = Math.hypot(...looked);
      vectors.set(
        looked.map((value) => value / length),
        row * dimensions,
      );
    }
    const k = Math.min(count - 1, neighboursForHalves(20));
    return exactNeighbours({ vectors, count, dimensions, threads: 1, k });
  };
  return { labels, runs: [await seen(), await seen()] };
}
