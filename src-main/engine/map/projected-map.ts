import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { AlignedMap } from './align-maps.ts';

/** As in the weighted vote of neighbours: the nearest count most. */
const temperature = 0.07;

/**
 * Draws each row at the mean place, on another run's map, of its first `k` neighbours here, weighted
 * by exp(similarity / 0.07): where this run would put the picture among those of the other map.
 * `mapRows` gives the place on the map of each row of the neighbours, -1 where it has none.
 * The residual is the share of the map's spread that lies between both places of the pictures.
 */
export function projectOntoMap(
  places: Float32Array,
  { rows, similarities, k: width }: Neighbours,
  mapRows: Int32Array,
  k: number,
): AlignedMap {
  const count = places.length / 2;
  const coordinates = new Float32Array(places);
  for (const [row, place] of mapRows.entries()) {
    if (place < 0) continue;
    const best = similarities[row * width] ?? 1;
    let [x, y, total] = [0, 0, 0];
    for (let rank = row * width; rank < row * width + Math.min(k, width); rank++) {
      const other = mapRows[rows[rank] ?? -1] ?? -1;
      if (other < 0) continue;
      const weight = Math.exp(((similarities[rank] ?? 0) - best) / temperature);
      x += weight * (places[2 * other] as number);
      y += weight * (places[2 * other + 1] as number);
      total += weight;
    }
    if (total > 0) coordinates.set([x / total, y / total], 2 * place);
  }
  return { coordinates, residual: residualOf(places, coordinates, count) };
}

function residualOf(places: Float32Array, moved: Float32Array, count: number): number {
  const middle = [0, 0];
  for (const [place, value] of places.entries()) {
    middle[place % 2] = (middle[place % 2] as number) + value / count;
  }
  let spread = 0;
  let left = 0;
  for (const [place, value] of places.entries()) {
    spread += (value - (middle[place % 2] as number)) ** 2;
    left += (value - (moved[place] as number)) ** 2;
  }
  return spread === 0 ? 0 : left / spread;
}
