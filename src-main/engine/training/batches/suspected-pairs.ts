import { nearestSign } from '../../../contract/suspicion.ts';
import type { Random } from '../../numeric/random.ts';
import { dotProduct } from '../../numeric/unit-rows.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import type { ProximityGraph } from './proximity-graph.ts';

/** How many pairs at random the quantile of all similarities is estimated from. */
const quantilePairs = 20_000;

/**
 * The pairs that FNC's sign (`nearestSign`) takes for false negatives: one is among the nearest of the
 * other in the graph, and they are more similar than almost all pairs; rows, [2 · pairs]. A graph of
 * M candidates knows the nearest of these only.
 */
export function suspectedPairs(
  { vectors, count, dimensions }: UnitRows,
  { neighbours, degree }: ProximityGraph,
  random: Random,
): Uint32Array {
  const similarity = (one: number, other: number): number =>
    dotProduct(vectors, one * dimensions, other * dimensions, dimensions);
  const sampled = Float64Array.from({ length: quantilePairs }, () => {
    const one = random.index(count);
    return similarity(one, (one + 1 + random.index(count - 1)) % count);
  }).sort();
  const threshold = sampled[Math.floor(nearestSign.quantile * quantilePairs)] ?? Infinity;
  const pairs: number[] = [];
  for (let row = 0; row < count; row += 1) {
    for (let rank = 0; rank < Math.min(nearestSign.count, degree); rank += 1) {
      const near = neighbours[row * degree + rank] as number;
      if (similarity(row, near) < threshold) break;
      pairs.push(row, near);
    }
  }
  return Uint32Array.from(pairs);
}
