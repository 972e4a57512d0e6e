import * as tf from '@tensorflow/tfjs';

/** Red, green and blue planes, each [n, rows, columns], values 0 to 1. */
export type Planes = readonly [tf.Tensor, tf.Tensor, tf.Tensor];

/** The random numbers of n views' colours, each [n, 1, 1]; see `colourNumbers`. */
export interface ColourNumbers {
  readonly brightness: tf.Tensor;
  readonly contrast: tf.Tensor;
  readonly saturation: tf.Tensor;
  readonly hue: tf.Tensor;
  readonly grayness: tf.Tensor;
}

function unit(x: tf.Tensor): tf.Tensor {
  return tf.clipByValue(x, 0, 1);
}

/** Luma of ITU-R 601, as torchvision's rgb_to_grayscale. */
function grey([red, green, blue]: Planes): tf.Tensor {
  return tf.add(tf.add(tf.mul(red, 0.2989), tf.mul(green, 0.587)), tf.mul(blue, 0.114));
}

/** x * factor + other * (1 - factor), clamped: torchvision's _blend. */
function blend(planes: Planes, other: tf.Tensor, factor: tf.Tensor): Planes {
  const rest = tf.mul(other, tf.sub(1, factor));
  const [red, green, blue] = planes;
  const mixed = (plane: tf.Tensor): tf.Tensor => unit(tf.add(tf.mul(plane, factor), rest));
  return [mixed(red), mixed(green), mixed(blue)];
}

/**
 * torchvision's ColorJitter in the fixed order brightness, contrast, saturation, hue (torchvision
 * draws the order), then grayscale.
 */
export function jitterColours(planes: Planes, numbers: ColourNumbers): Planes {
  const [red, green, blue] = planes;
  const brighten = (plane: tf.Tensor): tf.Tensor => unit(tf.mul(plane, numbers.brightness));
  const bright: Planes = [brighten(red), brighten(green), brighten(blue)];
  const contrasted = blend(bright, tf.mean(grey(bright), [1, 2], true), numbers.contrast);
  const saturated = blend(contrasted, grey(contrasted), numbers.saturation);
  const turned = shiftHue(saturated, numbers.hue);
  return blend(turned, grey(turned), tf.sub(1, numbers.grayness));
}

/** Shifts the hue by `shift` turns, through HSV as torchvision's adjust_hue. */
function shiftHue(planes: Planes, shift: tf.Tensor): Planes {
  const [red, green, blue] = planes;
  const value = tf.maximum(tf.maximum(red, green), blue);
  const chroma = tf.sub(value, tf.minimum(tf.minimum(red, green), blue));
  // A grey pixel has no hue, and with its chroma of 0 any finite hue gives the same colour.
  const divisor = tf.maximum(chroma, 1 / 65536);
  const ofRed = tf.div(tf.sub(green, blue), divisor);
  const ofGreen = tf.add(tf.div(tf.sub(blue, red), divisor), 2);
  const ofBlue = tf.add(tf.div(tf.sub(red, green), divisor), 4);
  const sextant = tf.where(
    tf.equal(value, red),
    ofRed,
    tf.where(tf.equal(value, green), ofGreen, ofBlue),
  );
  const turned = tf.add(sextant, tf.mul(shift, 6));
  return [
    plane(turned, value, chroma, 5),
    plane(turned, value, chroma, 3),
    plane(turned, value, chroma, 1),
  ];
}

/**
 * One plane from hue (in sixths), value and chroma: V - C max(0, min(k, 4 - k, 1)), k = (n + hue)
 * mod 6.
 */
function plane(hue: tf.Tensor, value: tf.Tensor, chroma: tf.Tensor, offset: number): tf.Tensor {
  const raised = tf.add(hue, offset);
  const k = tf.sub(raised, tf.mul(tf.floor(tf.div(raised, 6)), 6));
  const share = tf.clipByValue(tf.minimum(k, tf.sub(4, k)), 0, 1);
  return tf.sub(value, tf.mul(chroma, share));
}
