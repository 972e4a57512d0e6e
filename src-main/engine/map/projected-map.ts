import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { AlignedMap } from './align-maps.ts';

/** The temperature of the neighbours' weights, as in the kNN vote (`knnTemperature`). */
const temperature = 0.07;

/**
 * Moves each picture on another run's map to the mean position of its first `k` neighbours in this run,
 * weighted by exp(similarity / 0.07): where this run would put it among the pictures of that map.
 * `positions` is the map, [count, 2]; `mapRows` is the row on it of each row of the neighbours, -1 for
 * none. The residual is the squared distance of old and new positions as a part of the map's spread.
 */
export function projectOntoMap(
  positions: Float32Array,
  { rows, similarities, k: width }: Neighbours,
  mapRows: Int32Array,
  k: number,
): AlignedMap {
  const count = positions.length / 2;
  const coordinates = new Float32Array(positions);
  for (const [row, mapRow] of mapRows.entries()) {
    if (mapRow < 0) continue;
    const best = similarities[row * width] ?? 1;
    let [x, y, total] = [0, 0, 0];
    for (let rank = row * width; rank < row * width + Math.min(k, width); rank++) {
      const other = mapRows[rows[rank] ?? -1] ?? -1;
      if (other < 0) continue;
      const weight = Math.exp(((similarities[rank] ?? 0) - best) / temperature);
      x += weight * (positions[2 * other] as number);
      y += weight * (positions[2 * other + 1] as number);
      total += weight;
    }
    if (total > 0) coordinates.set([x / total, y / total], 2 * mapRow);
  }
  return { coordinates, residual: residualOf(positions, coordinates, count) };
}

function residualOf(positions: Float32Array, moved: Float32Array, count: number): number {
  const middle = [0, 0];
  for (const [index, value] of positions.entries()) {
    middle[index % 2] = (middle[index % 2] as number) + value / count;
  }
  let spread = 0;
  let moves = 0;
  for (const [index, value] of positions.entries()) {
    spread += (value - (middle[index % 2] as number)) ** 2;
    moves += (value - (moved[index] as number)) ** 2;
  }
  return spread === 0 ? 0 : moves / spread;
}
