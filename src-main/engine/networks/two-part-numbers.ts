import * as tf from '@tensorflow/tfjs';

/**
 * Numbers as unevaluated sums of two float32, with about 46 bits: where two results that differ by less than
 * float32 tells are compared (Dekker 1971, "A Floating-Point Technique for Extending the Available
 * Precision"; Knuth's exact sum).
 */
export interface TwoParts {
  /** The number, rounded to float32. */
  readonly rounded: tf.Tensor;
  /** What rounding left out. */
  readonly rest: tf.Tensor;
}

/** 2 ** 12 + 1 cuts the 24 bits of a float32 in two halves. */
const splitter = 4097;

/** a + b, exactly. */
function exactSum(a: tf.Tensor, b: tf.Tensor): TwoParts {
  const rounded = tf.add(a, b);
  const ofB = tf.sub(rounded, a);
  const rest = tf.add(tf.sub(a, tf.sub(rounded, ofB)), tf.sub(b, ofB));
  return { rounded, rest };
}

/** a - b, exactly. */
export function exactDifference(a: tf.Tensor, b: tf.Tensor): TwoParts {
  return exactSum(a, tf.neg(b));
}

/** a + b. */
export function sumOf(a: TwoParts, b: TwoParts): TwoParts {
  const { rounded, rest } = exactSum(a.rounded, b.rounded);
  return { rounded, rest: tf.add(rest, tf.add(a.rest, b.rest)) };
}

/** x². */
export function squareOf(x: TwoParts): TwoParts {
  const scaled = tf.mul(x.rounded, splitter);
  const upper = tf.sub(scaled, tf.sub(scaled, x.rounded));
  const lower = tf.sub(x.rounded, upper);
  const rounded = tf.square(x.rounded);
  const mixed = tf.mul(tf.mul(upper, 2), lower);
  const left = tf.add(tf.add(tf.sub(tf.square(upper), rounded), mixed), tf.square(lower));
  const ofRest = tf.mul(x.rest, tf.add(tf.mul(x.rounded, 2), x.rest));
  return { rounded, rest: tf.add(left, ofRest) };
}

/** Whether a > b, elementwise. */
export function isGreater(a: TwoParts, b: TwoParts): tf.Tensor {
  return tf.greater(tf.add(tf.sub(a.rounded, b.rounded), tf.sub(a.rest, b.rest)), 0);
}
