import * as tf from '@tensorflow/tfjs';
import {
  addends,
  block,
  blockLength,
  cell,
  cellsOfBlock,
  largest,
  orientations,
  shares,
} from './oriented-gradients.ts';
import { exactDifference, isGreater, squareOf, sumOf } from './two-part-numbers.ts';
import type { TwoParts } from './two-part-numbers.ts';

/** A divisor in place of 0: a gradient straight up or down then gets a right angle, none gets 0. */
const nearZero = 1e-30;

/**
 * `orientedGradients` as tfjs operations: of pictures [n, side, side, 3] of 0 to 255, `side` a multiple
 * of 8; [n, features].
 */
export function orientedGradientsGraph(pictures: tf.Tensor4D): tf.Tensor2D {
  const [count, side] = pictures.shape;
  const votes = pixelVotes(tf.sqrt(pictures));
  const blocks = side / cell - 1;
  const filter = tf.tensor4d(shares, [block, block, 1, cellsOfBlock]);
  const sums = tf.conv2d(
    tf.reshape<tf.Rank.R4>(votes, [count * orientations, side, side, 1]),
    filter,
    cell,
    'valid',
  );
  const byRow = tf.reshape(sums, [count, orientations, blocks, blocks, cellsOfBlock]);
  const byColumn = tf.transpose(byRow, [0, 3, 2, 4, 1]);
  const histograms = tf.reshape<tf.Rank.R2>(byColumn, [count * blocks * blocks, blockLength]);
  return tf.reshape(normalised(histograms), [count, blocks * blocks * blockLength]);
}

/** Each pixel's votes for the orientations, [n, orientations, side, side], by the roots of its colours. */
function pixelVotes(roots: tf.Tensor4D): tf.Tensor4D {
  const [count, side] = roots.shape;
  const { dx, dy, squares } = steepest(roots);
  const divisor = tf.where(tf.equal(dx, 0), tf.fill(dx.shape, nearZero), dx);
  // Unsigned orientations repeat after half a turn, so the arc tangent of the slope is enough.
  const bin = tf.sub(tf.mul(tf.atan(tf.div(dy, divisor)), orientations / Math.PI), 0.5);
  const bins = tf.reshape(tf.range(0, orientations), [1, orientations, 1, 1]);
  const from = tf.sub(tf.reshape(bin, [count, 1, side, side]), bins);
  // From -13 to 4, so that one turn further is enough.
  const share = tf.add(hat(from), hat(tf.add(from, orientations)));
  return tf.mul(tf.reshape(tf.sqrt(squares.rounded), [count, 1, side, side]), share);
}

/** 1 at distance 0, falling to 0 at distance 1. */
function hat(distance: tf.Tensor): tf.Tensor {
  return tf.relu(tf.sub(1, tf.abs(distance)));
}

interface Gradient {
  readonly dx: tf.Tensor;
  readonly dy: tf.Tensor;
  /** The squares of its lengths. */
  readonly squares: TwoParts;
}

/**
 * The gradient of the channel that changes most, [n, side, side, 1]. Steps between other levels may have
 * equal lengths (√200 - √98 = √32 - √2) but for the rounding of the roots, by which the loops decide; the
 * squares in float32 alone would decide otherwise, and the votes go elsewhere.
 */
function steepest(roots: tf.Tensor4D): Gradient {
  const [across, down] = [difference(roots, 2), difference(roots, 1)];
  const squares = sumOf(squareOf(across), squareOf(down));
  const ofChannel = (all: tf.Tensor, channel: number): tf.Tensor =>
    tf.slice(all, [0, 0, 0, channel], [-1, -1, -1, 1]);
  const channels = [0, 1, 2].map((channel): Gradient => ({
    dx: ofChannel(across.rounded, channel),
    dy: ofChannel(down.rounded, channel),
    squares: {
      rounded: ofChannel(squares.rounded, channel),
      rest: ofChannel(squares.rest, channel),
    },
  }));
  return channels.reduce((best, next) => {
    const isSteeper = isGreater(next.squares, best.squares);
    const steeper = (one: tf.Tensor, other: tf.Tensor): tf.Tensor =>
      tf.where(isSteeper, one, other);
    return {
      dx: steeper(next.dx, best.dx),
      dy: steeper(next.dy, best.dy),
      squares: {
        rounded: steeper(next.squares.rounded, best.squares.rounded),
        rest: steeper(next.squares.rest, best.squares.rest),
      },
    };
  });
}

/** Next less previous along an axis; a picture that is mirrored at its edges has 0 there. */
function difference(roots: tf.Tensor4D, axis: 1 | 2): TwoParts {
  const { shape } = roots;
  const inner = shape.with(axis, shape[axis] - 2);
  const at = (position: number): number[] => [0, 0, 0, 0].with(axis, position);
  const edges = shape.map((_, index): [number, number] => (index === axis ? [1, 1] : [0, 0]));
  const { rounded, rest } = exactDifference(
    tf.slice(roots, at(2), inner),
    tf.slice(roots, at(0), inner),
  );
  return { rounded: tf.pad(rounded, edges), rest: tf.pad(rest, edges) };
}

/** Scales rows to length 1, cuts them at `largest`, scales them to length 1 again. */
function normalised(rows: tf.Tensor2D): tf.Tensor2D {
  const [first, second] = addends;
  const cut = tf.minimum(tf.div(rows, tf.add(lengths(rows), first)), largest);
  return tf.div(cut, tf.add(lengths(cut), second));
}

function lengths(rows: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.sum(tf.square(rows), 1, true));
}
