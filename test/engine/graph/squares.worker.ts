import { parentPort } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';

const program = await compileProgram(
  {
    name: 'squares',
    inputs: [{ name: 'x', shape: [3], dtype: 'float' }],
    build: ({ x }) => ({ y: tf.square(x!) }),
  },
  'cpu',
);
const { y } = await program.run({ x: Float32Array.of(1, 2, 3) });
parentPort?.postMessage([...y!.values]);
