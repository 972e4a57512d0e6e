/** A map as it is stored: x and y of each sample, [count, 2]. */
interface SamplePositions {
  readonly sampleIds: Uint32Array;
  readonly coordinates: Float32Array;
}

/** x and y of the samples `ids` on a map, [ids, 2] in their order; null if one of them is not on it. */
export function positionsOf(
  { sampleIds, coordinates }: SamplePositions,
  ids: Uint32Array,
): Float32Array<ArrayBuffer> | null {
  const rowOfId = new Map(Array.from(sampleIds, (id, row) => [id, row]));
  const positions = new Float32Array(2 * ids.length);
  for (const [index, id] of ids.entries()) {
    const row = rowOfId.get(id);
    if (row === undefined) return null;
    positions.set(coordinates.subarray(2 * row, 2 * row + 2), 2 * index);
  }
  return positions;
}
