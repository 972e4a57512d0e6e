import * as tf from '@tensorflow/tfjs';

/**
 * Rows that give X, Y and Z, each divided by that of the D65 white, from linear sRGB (IEC
 * 61966-2-1).
 */
const toWhiteXyz = [
  [0.412453 / 0.95047, 0.35758 / 0.95047, 0.180423 / 0.95047],
  [0.212671, 0.71516, 0.072169],
  [0.019334 / 1.08883, 0.119193 / 1.08883, 0.950227 / 1.08883],
] as const;

/** The smallest and the largest L, a and b of sRGB colours; CMC's code scales them to -1 and 1. */
const ranges = { lightness: [0, 100], a: [-86.183, 98.233], b: [-107.857, 94.478] } as const;

/**
 * CIE L*a*b* (D65) of sRGB pictures [n, side, side, 3] of 0 to 1, each channel scaled to about
 * [-1, 1] as in HobbitLong/CMC: L is channel 0, a and b are channels 1 and 2.
 */
export function labChannels(images: tf.Tensor4D): tf.Tensor4D {
  const [red, green, blue] = tf.unstack(linearLight(images), 3);
  if (!red || !green || !blue) throw new Error('A picture has three planes.');
  const [x, y, z] = toWhiteXyz.map(([ofRed, ofGreen, ofBlue]) =>
    perceived(tf.add(tf.add(tf.mul(red, ofRed), tf.mul(green, ofGreen)), tf.mul(blue, ofBlue))),
  );
  if (!x || !y || !z) throw new Error('A colour has three numbers.');
  const lightness = scaled(tf.sub(tf.mul(y, 116), 16), ranges.lightness);
  const a = scaled(tf.mul(tf.sub(x, y), 500), ranges.a);
  const b = scaled(tf.mul(tf.sub(y, z), 200), ranges.b);
  return tf.stack([lightness, a, b], 3) as tf.Tensor4D;
}

/** The inverse of sRGB's transfer function. */
function linearLight(images: tf.Tensor): tf.Tensor {
  const curved = tf.pow(tf.div(tf.add(images, 0.055), 1.055), 2.4);
  return tf.where(tf.greater(images, 0.04045), curved, tf.div(images, 12.92));
}

/** CIE's f: the cube root, replaced by a line near black. */
function perceived(value: tf.Tensor): tf.Tensor {
  const line = tf.add(tf.mul(value, 7.787), 16 / 116);
  const root = tf.pow(tf.maximum(value, 0.008856), 1 / 3);
  return tf.where(tf.greater(value, 0.008856), root, line);
}

function scaled(channel: tf.Tensor, [least, largest]: readonly [number, number]): tf.Tensor {
  const middle = (least + largest) / 2;
  return tf.div(tf.sub(channel, middle), (largest - least) / 2);
}
