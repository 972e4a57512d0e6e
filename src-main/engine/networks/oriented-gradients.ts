/** Side in pixels of a cell. */
export const cell = 8;
/** Cells along a side of a block; blocks overlap by one cell. */
const cellsPerBlock = 2;
export const cellsOfBlock = cellsPerBlock ** 2;
/** Side in pixels of a block. */
export const block = cellsPerBlock * cell;
export const orientations = 9;
export const blockLength = cellsOfBlock * orientations;
/** Standard deviation of the window over a block, in pixels. */
const sigma = block / 4;
/** The numbers of a block's unit vector are cut at this; then it is scaled to length 1 again. */
export const largest = 0.2;
/** OpenCV's addends to a block's length, before the cut and after it. */
export const addends = [0.1 * blockLength, 1e-3] as const;

/** The weight of each pixel of a block (row by row) in each cell (column by column), [16, 16, 4]. */
export const shares = blockShares();

/** Length of the features of a picture of side x side pixels. */
export function orientedGradientsLength(side: number): number {
  return (side / cell - 1) ** 2 * blockLength;
}

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005, "Histograms of Oriented Gradients for Human
 * Detection", sections 6.1 to 6.4) of [side, side, 3] RGB bytes, `side` a multiple of 8: square roots
 * of the colours, 9 unsigned orientations, cells of 8 x 8 pixels, blocks of 2 x 2 cells under a
 * Gaussian window, votes shared between the nearest orientations and cells, each block cut at 0.2.
 * Blocks are column by column as in OpenCV. `orientedGradientsGraph` is the same as a graph.
 */
export function orientedGradients(rgb: Uint8Array, side: number): Float32Array {
  const votes = pixelVotes(rgb, side);
  const blocks = side / cell - 1;
  const features = new Float32Array(blocks * blocks * blockLength);
  let start = 0;
  for (let column = 0; column < blocks; column++) {
    for (let row = 0; row < blocks; row++, start += blockLength) {
      const histogram = features.subarray(start, start + blockLength);
      fillBlock(histogram, votes, row * cell * side + column * cell, side);
      normalise(histogram);
    }
  }
  return features;
}

/** Each pixel's gradient as votes for two neighbouring orientations: `low`, and the next one. */
interface PixelVotes {
  readonly low: Uint8Array;
  readonly ofLow: Float32Array;
  readonly ofHigh: Float32Array;
}

function pixelVotes(rgb: Uint8Array, side: number): PixelVotes {
  const roots = Float32Array.from(rgb, Math.sqrt);
  const low = new Uint8Array(side * side);
  const ofLow = new Float32Array(side * side);
  const ofHigh = new Float32Array(side * side);
  for (let y = 0, pixel = 0; y < side; y++) {
    for (let x = 0; x < side; x++, pixel++) {
      const { dx, dy, size } = steepest(roots, side, x, y);
      const bin = ((Math.atan2(dy, dx) / Math.PI + 2) % 1) * orientations - 0.5;
      const share = bin - Math.floor(bin);
      low[pixel] = (Math.floor(bin) + orientations) % orientations;
      ofLow[pixel] = size * (1 - share);
      ofHigh[pixel] = size * share;
    }
  }
  return { low, ofLow, ofHigh };
}

/** The gradient of the channel that changes most; the picture is mirrored at its edges. */
function steepest(
  roots: Float32Array,
  side: number,
  x: number,
  y: number,
): { dx: number; dy: number; size: number } {
  const offset = (column: number, row: number): number => 3 * (row * side + column);
  const mirrored = (position: number): number =>
    position < 0 ? -position : position < side ? position : 2 * side - 2 - position;
  const [left, right] = [offset(mirrored(x - 1), y), offset(mirrored(x + 1), y)];
  const [above, below] = [offset(x, mirrored(y - 1)), offset(x, mirrored(y + 1))];
  let best = { dx: 0, dy: 0, size: 0 };
  for (let channel = 0; channel < 3; channel++) {
    const dx = (roots[right + channel] ?? 0) - (roots[left + channel] ?? 0);
    const dy = (roots[below + channel] ?? 0) - (roots[above + channel] ?? 0);
    const size = Math.sqrt(dx * dx + dy * dy);
    if (size > best.size) best = { dx, dy, size };
  }
  return best;
}

function fillBlock(
  histogram: Float32Array,
  { low, ofLow, ofHigh }: PixelVotes,
  corner: number,
  side: number,
): void {
  for (let inBlock = 0; inBlock < block * block; inBlock++) {
    const pixel = corner + Math.floor(inBlock / block) * side + (inBlock % block);
    const lower = low[pixel] ?? 0;
    const upper = lower + 1 < orientations ? lower + 1 : 0;
    for (let each = 0; each < cellsOfBlock; each++) {
      const share = shares[inBlock * cellsOfBlock + each] ?? 0;
      const start = each * orientations;
      histogram[start + lower] = (histogram[start + lower] ?? 0) + share * (ofLow[pixel] ?? 0);
      histogram[start + upper] = (histogram[start + upper] ?? 0) + share * (ofHigh[pixel] ?? 0);
    }
  }
}

function blockShares(): Float32Array {
  const table = new Float32Array(block * block * cellsOfBlock);
  const nearness = (position: number, of: number): number =>
    Math.max(0, 1 - Math.abs((position + 0.5) / cell - 0.5 - of));
  for (let y = 0, index = 0; y < block; y++) {
    for (let x = 0; x < block; x++) {
      const squares = (x - block / 2) ** 2 + (y - block / 2) ** 2;
      const window = Math.exp(-squares / (2 * sigma * sigma));
      for (let column = 0; column < cellsPerBlock; column++) {
        for (let row = 0; row < cellsPerBlock; row++, index++) {
          table[index] = window * nearness(x, column) * nearness(y, row);
        }
      }
    }
  }
  return table;
}

/** Scales to length 1, cuts at `largest`, scales to length 1 again. */
function normalise(histogram: Float32Array): void {
  const first = 1 / (lengthOf(histogram) + addends[0]);
  for (let index = 0; index < blockLength; index++) {
    histogram[index] = Math.min(largest, (histogram[index] ?? 0) * first);
  }
  const second = 1 / (lengthOf(histogram) + addends[1]);
  for (let index = 0; index < blockLength; index++) {
    histogram[index] = (histogram[index] ?? 0) * second;
  }
}

function lengthOf(vector: Float32Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}
