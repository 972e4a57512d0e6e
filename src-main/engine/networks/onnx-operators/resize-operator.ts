import * as tf from '@tensorflow/tfjs';
import { decimal, input, settingAt, text, unsupported, whole } from './operator-call.ts';
import type { OperatorCall } from './operator-call.ts';

/** How an axis is resized. */
interface Axis {
  readonly from: number;
  readonly to: number;
  /** The new length over the old one. */
  readonly scale: number;
}

type Coordinate = (at: number, axis: Axis) => number;

/** Where an element of the result is among those of the input, by the name of the transformation. */
const coordinates: Readonly<Record<string, Coordinate>> = {
  half_pixel: (at, { scale }) => (at + 0.5) / scale - 0.5,
  pytorch_half_pixel: (at, { to, scale }) => (to > 1 ? (at + 0.5) / scale - 0.5 : 0),
  asymmetric: (at, { scale }) => at / scale,
  align_corners: (at, { from, to }) => (to > 1 ? (at * (from - 1)) / (to - 1) : 0),
};

const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** ONNX's Resize, as products with the matrices of interpolation along each axis that changes. */
export function resize(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  if (call.opset < 11) throw unsupported(call, `is that of opset ${call.opset}`);
  if (whole(call, 'antialias', 0) === 1) throw unsupported(call, 'smooths what it shrinks');
  const sizes = settingAt(call, 3) ?? [];
  const scales = settingAt(call, 2) ?? [];
  const weightsOf = interpolation(call);
  return x.shape.reduce((rest, from, at) => {
    const to = sizes[at] ?? Math.floor(from * (scales[at] ?? 1));
    if (to === from) return rest;
    const axis = { from, to, scale: sizes.length > 0 ? to / from : (scales[at] ?? 1) };
    return alongAxis(rest, at, axis, weightsOf);
  }, x);
}

type WeightsOf = (position: number) => (readonly [at: number, weight: number])[];

/** The elements that a position between them is made from. */
function interpolation(call: OperatorCall): { coordinate: Coordinate; weightsOf: WeightsOf } {
  const name = text(call, 'coordinate_transformation_mode', 'half_pixel');
  const coordinate = coordinates[name];
  const mode = text(call, 'mode', 'nearest');
  const round = roundings[text(call, 'nearest_mode', 'round_prefer_floor')];
  if (!coordinate || !round) throw unsupported(call, `places pixels by ${name}`);
  if (whole(call, 'exclude_outside', 0) === 1)
    throw unsupported(call, 'leaves out what is outside');
  if (mode === 'nearest') return { coordinate, weightsOf: (position) => [[round(position), 1]] };
  const slope = decimal(call, 'cubic_coeff_a', -0.75);
  const [reach, kernel] =
    mode === 'linear' ? [1, (d: number) => 1 - d] : [2, (d: number) => cubic(d, slope)];
  const weightsOf: WeightsOf = (position) => {
    const first = Math.floor(position) - reach + 1;
    return Array.from({ length: 2 * reach }, (_, tap) => {
      return [first + tap, kernel(Math.abs(position - first - tap))] as const;
    });
  };
  return { coordinate, weightsOf };
}

/** The cubic convolution of Keys (1981) at a distance from an element. */
function cubic(distance: number, a: number): number {
  if (distance <= 1) return ((a + 2) * distance - (a + 3)) * distance ** 2 + 1;
  return ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
}

function alongAxis(
  x: tf.Tensor,
  at: number,
  axis: Axis,
  { coordinate, weightsOf }: ReturnType<typeof interpolation>,
): tf.Tensor {
  const { from, to } = axis;
  const matrix = new Float32Array(from * to);
  for (let row = 0; row < to; row += 1) {
    for (const [place, weight] of weightsOf(coordinate(row, axis))) {
      const inside = Math.max(0, Math.min(from - 1, place));
      matrix[inside * to + row] = (matrix[inside * to + row] ?? 0) + weight;
    }
  }
  const last = x.rank - 1;
  const order = [...x.shape.keys()];
  [order[at], order[last]] = [last, at];
  const turned = at === last ? x : tf.transpose(x, order);
  const rows = tf.reshape<tf.Rank.R2>(turned, [-1, from]);
  const resized = tf.reshape(tf.matMul(rows, tf.tensor2d(matrix, [from, to])), [
    ...turned.shape.slice(0, -1),
    to,
  ]);
  return at === last ? resized : tf.transpose(resized, order);
}
