import * as tf from '@tensorflow/tfjs';

/**
 * Weights [n, side, side] that resample one axis: row i holds the weight of each source pixel in
 * pixel i of the crop, bilinear with half-pixel centres and repeated borders. `start` and `length`
 * [n] are parts of the axis; a negative length mirrors.
 */
export function resamplingWeights(
  start: tf.Tensor1D,
  length: tf.Tensor1D,
  side: number,
): tf.Tensor3D {
  const steps = tf.tensor3d(centres(side), [1, side, 1]);
  const columns = tf.tensor3d(
    Array.from({ length: side }, (_, column) => column),
    [1, 1, side],
  );
  const origin = tf.reshape(tf.sub(tf.mul(start, side), 0.5), [-1, 1, 1]);
  const reach = tf.reshape(tf.mul(length, side), [-1, 1, 1]);
  const source = tf.clipByValue(tf.add(origin, tf.mul(reach, steps)), 0, side - 1);
  return tf.relu(tf.sub(1, tf.abs(tf.sub(source, columns))));
}

/** Centres of `side` pixels on [0, 1]. */
function centres(side: number): number[] {
  return Array.from({ length: side }, (_, step) => (step + 0.5) / side);
}

/**
 * The radius of a blur in pixels. Its window is `share` of the side, rounded to whole pixels as in
 * google-research/simclr, but at least 3 pixels.
 */
export function blurReach(side: number, share: number): number {
  return Math.max(1, Math.floor(Math.floor(side * share) / 2));
}

/**
 * Weights [n, side, side] of a Gaussian blur along one axis: sigma [n] in pixels (0 for none),
 * radius `reach` in pixels.
 */
export function blurWeights(sigma: tf.Tensor1D, side: number, reach: number): tf.Tensor3D {
  const squares = new Float32Array(side * side);
  const isNear = new Float32Array(side * side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      squares[row * side + column] = (row - column) ** 2;
      isNear[row * side + column] = Math.abs(row - column) <= reach ? 1 : 0;
    }
  }
  const shape: [number, number, number] = [1, side, side];
  // A sigma of 0 would divide 0 by 0 on the diagonal; with this small number the weights off it are 0.
  const width = tf.reshape(tf.maximum(tf.square(sigma), 1 / 1024), [-1, 1, 1]);
  const bell = tf.exp(tf.div(tf.tensor3d(squares, shape), tf.mul(width, -2)));
  const weights = tf.mul(bell, tf.tensor3d(isNear, shape));
  return tf.div(weights, tf.sum(weights, 2, true));
}
