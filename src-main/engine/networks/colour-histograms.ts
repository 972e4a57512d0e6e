/** Levels of each colour channel. */
export const levels = 4;
const colours = levels ** 3;
export const quarters = 4;

/** Length of the features. */
export const colourHistogramsLength = quarters * colours;

/**
 * Histograms of 64 colours in each quarter of a picture (colour indexing, Swain and Ballard 1991).
 * `rgb` are [side, side, 3] bytes, `side` is even. A pixel is shared between the 8 colours around its
 * own. The features are square roots, so that the inner product is Hellinger's kernel.
 * `colourHistogramsGraph` is the same as a graph.
 */
export function colourHistograms(rgb: Uint8Array, side: number): Float32Array {
  const counts = new Float32Array(colourHistogramsLength);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const isLow = pixel >= (side * side) / 2;
    const isRight = pixel % side >= side / 2;
    const quarter = (isLow ? 2 : 0) + (isRight ? 1 : 0);
    addPixel(counts, quarter * colours, rgb, 3 * pixel);
  }
  return counts.map(Math.sqrt);
}

function addPixel(counts: Float32Array, start: number, rgb: Uint8Array, offset: number): void {
  for (let corner = 0; corner < 8; corner++) {
    let [colour, share] = [0, 1];
    for (let channel = 0; channel < 3; channel++) {
      const level = ((rgb[offset + channel] ?? 0) / 255) * (levels - 1);
      const below = Math.min(Math.floor(level), levels - 2);
      const isUpper = ((corner >> channel) & 1) === 1;
      share *= isUpper ? level - below : 1 - (level - below);
      colour = colour * levels + below + (isUpper ? 1 : 0);
    }
    counts[start + colour] = (counts[start + colour] ?? 0) + share;
  }
}
