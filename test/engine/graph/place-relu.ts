import * as tf from '@tensorflow/tfjs';
import { placeOperators } from '../../../src-main/engine/graph/operator-placement.ts';

// Prints where the device of the first argument runs the gradient of relu; the second is an empty folder.
const [device = '', folder = ''] = process.argv.slice(2);
const spec = {
  name: 'gradient of relu',
  inputs: [{ name: 'x', shape: [4, 8, 8, 16], dtype: 'float' as const }],
  build: ({ x }: Readonly<Record<string, tf.Tensor>>) => ({
    dx: tf.grad((one) => tf.sum(tf.square(tf.relu(one))))(x!),
  }),
};
console.log(JSON.stringify(await placeOperators(spec, device, folder)));
