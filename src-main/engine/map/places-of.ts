/** A map as it is kept: x and y of each sample. */
interface PlacedSamples {
  readonly sampleIds: Uint32Array;
  readonly coordinates: Float32Array;
}

/** x and y of some samples on a map, in their order; null where one of them is not on it. */
export function placesOf(
  { sampleIds, coordinates }: PlacedSamples,
  ids: Uint32Array,
): Float32Array<ArrayBuffer> | null {
  const rowOfId = new Map(Array.from(sampleIds, (id, row) => [id, row]));
  const places = new Float32Array(2 * ids.length);
  for (const [place, id] of ids.entries()) {
    const row = rowOfId.get(id);
    if (row === undefined) return null;
    places.set(coordinates.subarray(2 * row, 2 * row + 2), 2 * place);
  }
  return places;
}
