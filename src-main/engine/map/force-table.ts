/**
 * The two forces of UMAP's layout as look-up tables by the squared distance, because two calls of
 * Math.pow for each pair would take most of the time. An index is a float32's exponent with the first
 * 8 bits of its mantissa; the force is off by less than 1 %.
 */
export interface ForceTable {
  /** The factor of (head - tail) for an edge; negative. */
  readonly attraction: Float32Array;
  /** The factor of (head - other) for a sampled vertex; positive. */
  readonly repulsion: Float32Array;
}

const binsPerOctave = 256;
const firstOctave = -20;
const octaves = 44;

/** A float32's index in the tables is its bits shifted right by this, less `firstIndex`. */
export const indexShift = 23 - Math.log2(binsPerOctave);
/** The shifted bits of the smallest squared distance in the tables. */
export const firstIndex = (127 + firstOctave) * binsPerOctave;
/** The largest index of the tables. */
export const lastIndex = octaves * binsPerOctave - 1;

/**
 * The tables for the curve 1 / (1 + a d^(2b)): gradients of its cross entropy (McInnes et al. 2018,
 * section 3.2, with 0.001 added to the squared distance as in umap-js).
 */
export function forceTable(a: number, b: number): ForceTable {
  const attraction = new Float32Array(lastIndex + 1);
  const repulsion = new Float32Array(lastIndex + 1);
  for (let index = 0; index <= lastIndex; index++) {
    const octave = firstOctave + Math.floor(index / binsPerOctave);
    const squared = 2 ** octave * (1 + ((index % binsPerOctave) + 0.5) / binsPerOctave);
    const curve = 1 + a * squared ** b;
    attraction[index] = (-2 * a * b * squared ** (b - 1)) / curve;
    repulsion[index] = (2 * b) / ((0.001 + squared) * curve);
  }
  return { attraction, repulsion };
}
