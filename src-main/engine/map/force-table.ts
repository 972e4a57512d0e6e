/**
 * The two forces of UMAP's layout as look-up tables over the squared distance, because two calls of
 * Math.pow a pair would take most of the time. A bin is the float32's exponent and first 8 bits of
 * mantissa: the force is off by less than 1 %.
 */
export interface ForceTable {
  /** Multiplies (head - tail) along an edge; negative. */
  readonly attraction: Float32Array;
  /** Multiplies (head - other) for a sampled vertex; positive. */
  readonly repulsion: Float32Array;
}

const binsPerOctave = 256;
const firstOctave = -20;
const octaves = 44;

/** Subtract from a float32's bits shifted right by `binShift` to get its bin. */
export const binShift = 23 - Math.log2(binsPerOctave);
export const firstBin = (127 + firstOctave) * binsPerOctave;
export const lastBin = octaves * binsPerOctave - 1;

/**
 * Tables for the curve 1 / (1 + a d^(2b)): gradients of its cross entropy (McInnes et al. 2018,
 * section 3.2, with umap-js's 0.001 beside the squared distance).
 */
export function forceTable(a: number, b: number): ForceTable {
  const attraction = new Float32Array(lastBin + 1);
  const repulsion = new Float32Array(lastBin + 1);
  for (let bin = 0; bin <= lastBin; bin++) {
    const octave = firstOctave + Math.floor(bin / binsPerOctave);
    const squared = 2 ** octave * (1 + ((bin % binsPerOctave) + 0.5) / binsPerOctave);
    const curve = 1 + a * squared ** b;
    attraction[bin] = (-2 * a * b * squared ** (b - 1)) / curve;
    repulsion[bin] = (2 * b) / ((0.001 + squared) * curve);
  }
  return { attraction, repulsion };
}
