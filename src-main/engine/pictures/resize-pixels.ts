import type { Preprocessing } from '../../contract/preprocessing.ts';

type Kernel = Preprocessing['kernel'];

interface Sides {
  readonly width: number;
  readonly height: number;
}

/** A part of a resized picture, in its pixels. */
export interface ResizedPart extends Sides {
  readonly left: number;
  readonly top: number;
}

/** A filter of Pillow's `Image.resize`: its half width in pixels, and its value at a distance. */
interface Filter {
  readonly support: number;
  readonly at: (distance: number) => number;
}

const filters: Readonly<Record<Exclude<Kernel, 'nearest'>, Filter>> = {
  linear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  cubic: { support: 2, at: (x) => keysCubic(Math.abs(x)) },
  lanczos3: { support: 3, at: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** Keys' cubic convolution with a = -0.5, as Pillow has it; torch's own, without Pillow, has -0.75. */
function keysCubic(x: number): number {
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/**
 * Pillow computes in whole numbers: weights are multiples of 2 ** -22, and sums stay below 2 ** 31. A
 * sum begins at a half, so that the shift rounds.
 */
export const precisionBits = 22;
const one = 2 ** precisionBits;
const half = one / 2;

/** For each output position the first input position, and the weights of `taps` positions from there. */
interface Axis {
  readonly starts: Int32Array;
  readonly weights: Int32Array;
  readonly taps: number;
}

/** Positions `first` to `first + count - 1` of an axis that is resized from one length to another. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly count: number;
}

function axisOf({ from, to, first, count }: Stretch, { support, at }: Filter): Axis {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const reach = support * stretch;
  const taps = Math.min(from, Math.ceil(reach) * 2 + 1);
  const starts = new Int32Array(count);
  const weights = new Int32Array(count * taps);
  for (let position = 0; position < count; position++) {
    const centre = (first + position + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - reach + 0.5));
    const end = Math.min(from, Math.trunc(centre + reach + 0.5));
    const values = Array.from({ length: end - start }, (_, tap) =>
      at((tap + start - centre + 0.5) / stretch),
    );
    const sum = values.reduce((total, value) => total + value, 0);
    // The weights beyond `end` are zeros, so the window may begin earlier to stay in the picture.
    const window = Math.min(start, from - taps);
    starts[position] = window;
    for (const [tap, value] of values.entries()) {
      weights[position * taps + start - window + tap] = roundAwayFromZero((value / sum) * one);
    }
  }
  return { starts, weights, taps };
}

/**
 * The weights of an axis that is resized as `resizePixels` does it, whole numbers to be divided by
 * 2 ** `precisionBits`: of each of `from` positions in each of `to` positions, [from, to].
 */
export function resizingWeights(
  from: number,
  to: number,
  kernel: Exclude<Kernel, 'nearest'>,
): Int32Array {
  const { starts, weights, taps } = axisOf({ from, to, first: 0, count: to }, filters[kernel]);
  const table = new Int32Array(from * to);
  for (const [index, weight] of weights.entries()) {
    const position = Math.floor(index / taps);
    table[((starts[position] as number) + (index % taps)) * to + position] = weight;
  }
  return table;
}

function roundAwayFromZero(value: number): number {
  return Math.trunc(value + (value < 0 ? -0.5 : 0.5));
}

/**
 * Resizes RGB bytes [height, width, 3] as Pillow's `Image.resize` does, to the byte: the centres of
 * pixels stay aligned, and the kernel widens when a picture shrinks. Only a part of it is computed.
 */
export function resizePixels(
  rgb: Uint8Array,
  from: Sides,
  { to, part, kernel }: { readonly to: Sides; readonly part: ResizedPart; readonly kernel: Kernel },
): Uint8Array {
  const across = { from: from.width, to: to.width, first: part.left, count: part.width };
  const down = { from: from.height, to: to.height, first: part.top, count: part.height };
  if (kernel === 'nearest') return nearestPixels(rgb, across, down);
  const filter = filters[kernel];
  const keepsRows = across.from === across.to && across.count === across.to;
  const rows = keepsRows ? rgb : resizeRows(rgb, from, axisOf(across, filter));
  return resizeColumns(rows, part.width, axisOf(down, filter));
}

function resizeRows(rgb: Uint8Array, { width, height }: Sides, axis: Axis): Uint8Array {
  const { starts, weights, taps } = axis;
  const output = new Uint8ClampedArray(height * starts.length * 3);
  let target = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < starts.length; x++) {
      let source = (row + (starts[x] as number)) * 3;
      let red = half;
      let green = half;
      let blue = half;
      for (let weight = x * taps; weight < (x + 1) * taps; weight++, source += 3) {
        const factor = weights[weight] as number;
        red = (red + (rgb[source] as number) * factor) | 0;
        green = (green + (rgb[source + 1] as number) * factor) | 0;
        blue = (blue + (rgb[source + 2] as number) * factor) | 0;
      }
      output[target++] = red >> precisionBits;
      output[target++] = green >> precisionBits;
      output[target++] = blue >> precisionBits;
    }
  }
  return new Uint8Array(output.buffer);
}

function resizeColumns(rgb: Uint8Array, width: number, axis: Axis): Uint8Array {
  const { starts, weights, taps } = axis;
  const length = width * 3;
  const output = new Uint8ClampedArray(starts.length * length);
  const sums = new Int32Array(length);
  for (let y = 0; y < starts.length; y++) {
    sums.fill(half);
    for (let tap = 0; tap < taps; tap++) {
      const factor = weights[y * taps + tap] as number;
      if (factor === 0) continue;
      const source = ((starts[y] as number) + tap) * length;
      for (let index = 0; index < length; index++) {
        sums[index] = (sums[index] as number) + (rgb[source + index] as number) * factor;
      }
    }
    for (let index = 0; index < length; index++) {
      output[y * length + index] = (sums[index] as number) >> precisionBits;
    }
  }
  return new Uint8Array(output.buffer);
}

function nearestPixels(rgb: Uint8Array, across: Stretch, down: Stretch): Uint8Array {
  const output = new Uint8Array(across.count * down.count * 3);
  const columns = nearestPositions(across);
  let target = 0;
  for (const y of nearestPositions(down)) {
    for (const x of columns) {
      const source = (y * across.from + x) * 3;
      output[target++] = rgb[source] as number;
      output[target++] = rgb[source + 1] as number;
      output[target++] = rgb[source + 2] as number;
    }
  }
  return output;
}

/** Pillow adds up the steps, and so do we: at a tie, rounding decides between two pixels. */
function nearestPositions({ from, to, first, count }: Stretch): number[] {
  const step = from / to;
  const positions: number[] = [];
  let at = step / 2;
  for (let position = 0; position < first + count; position++, at += step) {
    if (position >= first) positions.push(Math.min(from - 1, Math.floor(at)));
  }
  return positions;
}
