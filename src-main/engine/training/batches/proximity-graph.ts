import type { Random } from '../../numeric/random.ts';
import { fastNumbers } from '../../numeric/fast-numbers.ts';
import { dotProduct } from '../../numeric/unit-rows.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';

/** A graph of near pictures: the neighbours of each, the most similar first. */
export interface ProximityGraph {
  /** Indices of pictures, [pictures, degree], row-major. */
  readonly neighbours: Uint32Array;
  /** How many neighbours each picture has. */
  readonly degree: number;
}

/** M and K of the paper. */
interface GraphSize {
  readonly candidates: number;
  readonly neighbours: number;
}

/** How many pictures are searched between two times at which other work may go on. */
const searchedAtOnce = 64;

/**
 * The proximity graph of BatchSampler (Yang et al. 2023, Algorithm 2): of each row M others are drawn
 * at random, and the K most similar of them are its neighbours. A small M makes neighbours less near,
 * and fewer of them false negatives. Where there are no more than M others all of them are candidates,
 * and the neighbours are the nearest. The official code draws with replacement, and the row itself too.
 */
export async function proximityGraph(
  rows: UnitRows,
  size: GraphSize,
  random: Random,
  yieldToEvents: () => Promise<void>,
): Promise<ProximityGraph> {
  const { count, dimensions, vectors } = rows;
  const candidates = Math.min(size.candidates, count - 1);
  const degree = Math.min(size.neighbours, candidates);
  const neighbours = new Uint32Array(count * degree);
  const draw = othersDrawer(count, candidates, random);
  const similarity = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    if (row % searchedAtOnce === 0) await yieldToEvents();
    const drawn = draw(row);
    for (const other of drawn) {
      similarity[other] = dotProduct(vectors, row * dimensions, other * dimensions, dimensions);
    }
    const byNearness = drawn.sort(
      (a, b) => (similarity[b] as number) - (similarity[a] as number) || a - b,
    );
    neighbours.set(byNearness.subarray(0, degree), row * degree);
  }
  return { neighbours, degree };
}

/** Draws `candidates` different rows other than a given one. */
function othersDrawer(
  count: number,
  candidates: number,
  random: Random,
): (row: number) => Uint32Array {
  const next = fastNumbers(random);
  const others = Uint32Array.from({ length: count }, (_, index) => index);
  return (row) => {
    if (candidates === count - 1) return others.filter((other) => other !== row);
    // The first places of a Fisher-Yates shuffle: one more than needed, in case the row is among them.
    for (let place = 0; place <= candidates; place += 1) {
      const from = place + Math.floor(next() * (count - place));
      const moved = others[place] as number;
      others[place] = others[from] as number;
      others[from] = moved;
    }
    const drawn = others.slice(0, candidates + 1);
    const own = drawn.indexOf(row);
    if (own >= 0) drawn[own] = drawn[candidates] as number;
    return drawn.slice(0, candidates);
  };
}
