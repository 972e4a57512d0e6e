import * as tf from '@tensorflow/tfjs';
import type { Pooling, TokensBefore } from '../../contract/loaded-encoders.ts';
import type { Preprocessing } from '../../contract/preprocessing.ts';
import { unitRows } from '../numeric/unit-row-tensor.ts';
import { pooledTokens, settledPooling } from './pool-output.ts';

/**
 * The numbers that an encoder takes, from RGB bytes [n, height, width, 3]; the same as
 * `InputValues`, in a graph.
 */
export function inputValues(
  bytes: tf.Tensor4D,
  { scale, mean, std, channels }: Preprocessing,
): tf.Tensor4D {
  const scaled = tf.mul<tf.Tensor4D>(tf.cast(bytes, 'float32'), scale);
  const values = tf.div<tf.Tensor4D>(tf.sub(scaled, tf.tensor1d(mean)), tf.tensor1d(std));
  if (channels === 'rgb') return values;
  return tf.concat(tf.split<tf.Tensor4D>(values, 3, 3).reverse(), 3);
}

/** Values rounded and clipped to 0 to 255, as `InputValues` does for an encoder of bytes. */
export function byteValues(values: tf.Tensor4D): tf.Tensor4D {
  return tf.clipByValue(tf.floor(tf.add(values, 0.5)), 0, 255);
}

/** [n, height, width, channels] as [n, channels, height, width]. */
export function channelsFirst(pictures: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(pictures, [0, 3, 1, 2]);
}

/**
 * The unit vectors of an output's pictures; the same as `poolOutput` and `toUnitRows`, in a graph.
 * @param channelsLast whether a 4-dimensional output is [pictures, height, width, channels]
 * @param known what stands before the patches of an output of tokens
 */
export function pooledRows(
  output: tf.Tensor,
  wanted: Pooling,
  channelsLast: boolean,
  known?: TokensBefore,
): tf.Tensor2D {
  const rows = pooled(output, settledPooling(wanted, output.shape, known), channelsLast, known);
  // Squares of large values would be infinite.
  const largest = tf.maximum(tf.max(tf.abs(rows), 1, true), 1e-37);
  return unitRows(tf.div(rows, largest));
}

function pooled(
  output: tf.Tensor,
  pooling: Pooling,
  channelsLast: boolean,
  known?: TokensBefore,
): tf.Tensor2D {
  const [pictures = 0, tokens = 0, ...rest] = output.shape;
  const dimensions = rest[0] ?? 0;
  if (pooling === 'vector') {
    return tf.reshape(output, [pictures, output.size / pictures]);
  }
  if (pooling === 'places') return tf.mean(output, channelsLast ? [1, 2] : [2, 3]);
  const parts = pooledTokens(pooling, tokens, known).map(([first, end]) =>
    first === 0 && end === tokens
      ? output
      : tf.slice(output, [0, first, 0], [pictures, end - first, dimensions]),
  );
  const [part = output] = parts;
  return tf.mean(parts.length > 1 ? tf.concat(parts, 1) : part, 1);
}
