import type { UnitRows } from '../../../src-main/engine/numeric/unit-rows.ts';

/**
 * Venna and Kaski 2001, as scikit-learn computes it: 1 if the k nearest on the map are among the k
 * nearest by cosine; each intruder costs by how far beyond k it ranks. Map: count x 2.
 */
export function trustworthiness(rows: UnitRows, map: Float32Array, k: number): number {
  const { vectors, count, dimensions } = rows;
  let penalty = 0;
  for (let row = 0; row < count; row++) {
    const inSpace = ranked(row, count, (other) => {
      let product = 0;
      for (let i = 0; i < dimensions; i++) {
        product += vectors[row * dimensions + i]! * vectors[other * dimensions + i]!;
      }
      return -product;
    });
    const rank = new Map(inSpace.map((other, index) => [other, index + 1]));
    const onMap = ranked(row, count, (other) =>
      Math.hypot(map[2 * row]! - map[2 * other]!, map[2 * row + 1]! - map[2 * other + 1]!),
    );
    for (const other of onMap.slice(0, k)) penalty += Math.max(0, rank.get(other)! - k);
  }
  return 1 - (2 / (count * k * (2 * count - 3 * k - 1))) * penalty;
}

function ranked(row: number, count: number, distance: (other: number) => number): number[] {
  return Array.from({ length: count }, (_, other) => ({ other, distance: distance(other) }))
    .filter(({ other }) => other !== row)
    .sort((a, b) => a.distance - b.distance)
    .map(({ other }) => other);
}
