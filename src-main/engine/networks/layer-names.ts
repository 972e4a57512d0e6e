/** A module with a number in it, and a numbered block of that one: `stages.2.blocks.5`. */
const numbered = /^(?:[^.]+\.)*?\d+(?:\.(?:blocks?|layers?)\.\d+)?(?=\.)/;

/** The numbered module that a dotted name begins with; null for a name without one. */
export function numberedModule(name: string): string | null {
  return numbered.exec(name)?.[0] ?? null;
}

/**
 * The layer of each of a network's weights, which are in the order of their use. Those before the first known
 * layer are in `stem`, those after the last one in `top`, others in the layer before them; without any known
 * layer they are in parts of about as many.
 */
export function layersOfWeights(known: readonly (string | null)[]): string[] {
  const last = known.findLastIndex((layer) => layer !== null);
  if (last < 0) return parts(known.length);
  let layer = 'stem';
  return known.map((own, at) => (layer = own ?? (at > last ? 'top' : layer)));
}

const mostParts = 12;

function parts(count: number): string[] {
  const size = Math.ceil(count / Math.min(count, mostParts));
  return Array.from({ length: count }, (_, at) => `part${Math.floor(at / size) + 1}`);
}
