import * as tf from '@tensorflow/tfjs';
import { decimal, input, whole } from './operator-call.ts';
import type { OperatorCall, OperatorTable } from './operator-call.ts';

/** One product for all rows where the right side is a matrix, as in a linear layer. */
function matMul(call: OperatorCall): tf.Tensor {
  const [a, b] = [input(call, 0), input(call, 1)];
  if (a.rank === 1) return tf.squeeze(product(tf.expandDims(a, 0), b), [-2 + Math.max(2, b.rank)]);
  if (b.rank === 1) return tf.squeeze(product(a, tf.expandDims(b, 1)), [a.rank - 1]);
  return product(a, b);
}

function product(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (b.rank === 2) {
    const [inner = 1, columns = 1] = b.shape;
    const rows = tf.matMul(tf.reshape<tf.Rank.R2>(a, [-1, inner]), b);
    return a.rank === 2 ? rows : tf.reshape(rows, [...a.shape.slice(0, -1), columns]);
  }
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(
    a.shape.slice(0, -2),
    b.shape.slice(0, -2),
  );
  return tf.matMul(stacked(a, batch), stacked(b, batch));
}

/** Copies for each product, because the gradient of a product in TensorFlow.js does not sum over them. */
function stacked(matrices: tf.Tensor, batch: readonly number[]): tf.Tensor {
  const shape = [...batch, ...matrices.shape.slice(-2)];
  if (matrices.shape.join() === shape.join()) return matrices;
  const ones = new Array<number>(shape.length - matrices.rank).fill(1);
  return tf.broadcastTo(tf.reshape(matrices, [...ones, ...matrices.shape]), shape);
}

function gemm(call: OperatorCall): tf.Tensor {
  const [a, b] = [input(call, 0), input(call, 1)] as [tf.Tensor2D, tf.Tensor2D];
  const [alpha, beta] = [decimal(call, 'alpha', 1), decimal(call, 'beta', 1)];
  const rows = tf.matMul(a, b, whole(call, 'transA', 0) === 1, whole(call, 'transB', 0) === 1);
  const scaled = alpha === 1 ? rows : tf.mul(rows, alpha);
  const bias = call.inputs[2];
  if (!bias) return scaled;
  return tf.add(scaled, beta === 1 ? bias : tf.mul(bias, beta));
}

/** Matrix products. */
export const matrixOperators: OperatorTable = { MatMul: matMul, Gemm: gemm };
