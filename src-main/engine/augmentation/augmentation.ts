import * as tf from '@tensorflow/tfjs';
import type { AugmentationSettings } from '../../contract/augmentations.ts';
import { colourNumbers, cropNumbers } from './augmentation-draws.ts';
import type { ColourNumbers, Planes } from './colour-jitter.ts';
import { jitterColours } from './colour-jitter.ts';
import { blurReach, blurWeights, resamplingWeights } from './resampling.ts';

/**
 * V augmented views of each picture: images [b, side, side, 3] of 0 to 255 -> [V·b, side, side, 3]
 * of 0 to 1, all first views, then all second views, and so on. `crops` [V·b, 4] and `colours`
 * [V·b, 6] come from `drawAugmentation`. Crop, flip and blur together are two matrix products, so
 * that every device gives the same views. For that reason the blur comes before the colours, not
 * after them as in torchvision.
 */
export function augmentedViews(
  images: tf.Tensor,
  crops: tf.Tensor2D,
  colours: tf.Tensor2D,
  settings: AugmentationSettings,
): tf.Tensor4D {
  const [count = 0, side = 0] = images.shape;
  const views = crops.shape[0];
  const rowsFirst = tf.transpose(tf.mul(tf.cast(images, 'float32'), 1 / 255), [0, 1, 3, 2]);
  const once = tf.reshape(rowsFirst, [count, side, 3 * side]);
  const repeated = tf.tile(once, [views / count, 1, 1]);
  const [top, left, height, width] = columnsOf(crops, cropNumbers);
  const number = columnsOf(colours, colourNumbers);
  let rows = resamplingWeights(flat(top), flat(height), side);
  let columns = resamplingWeights(flat(left), flat(width), side);
  if (settings.blurProbability > 0) {
    const blur = blurWeights(flat(number[5]), side, blurReach(side, settings.blurWindow));
    rows = tf.matMul(blur, rows);
    columns = tf.matMul(blur, columns);
  }
  const croppedRows = tf.reshape(tf.matMul(rows, repeated), [views, side * 3, side]);
  const cropped = tf.reshape(tf.matMul(croppedRows, columns, false, true), [views, side, 3, side]);
  const coloured = jitterColours(splitPlanes(cropped), colourNumbersOf(number));
  return tf.stack([...coloured], 3) as tf.Tensor4D;
}

/**
 * The input of every trainable network: (x - 0.5) / 0.25 of pixels x of 0 to 1; 0.25 is about
 * CIFAR's deviation.
 */
export function normaliseColours(images: tf.Tensor4D): tf.Tensor4D {
  return tf.mul(tf.sub(images, 0.5), 4);
}

function columnsOf(matrix: tf.Tensor2D, count: number): (tf.Tensor | undefined)[] {
  return tf.split(matrix, count, 1);
}

function flat(column: tf.Tensor | undefined): tf.Tensor1D {
  if (!column) throw new Error('A column of random numbers is missing.');
  return tf.reshape(column, [-1]);
}

function colourNumbersOf(columns: (tf.Tensor | undefined)[]): ColourNumbers {
  const [brightness, contrast, saturation, hue, grayness] = Array.from({ length: 5 }, (_, index) =>
    tf.reshape(flat(columns[index]), [-1, 1, 1]),
  ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  return { brightness, contrast, saturation, hue, grayness };
}

/** Planes [n, rows, columns] of pictures [n, rows, 3, columns]. */
function splitPlanes(images: tf.Tensor): Planes {
  const [red, green, blue] = tf.unstack(images, 2);
  if (!red || !green || !blue) throw new Error('A picture has three planes.');
  return [red, green, blue];
}
