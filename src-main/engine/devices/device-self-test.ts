import * as tf from '@tensorflow/tfjs';
import { compileProgram } from '../graph/compile-program.ts';
import type { NamedArray, Program, ProgramSpec } from '../graph/program.ts';

/** The results of a device in a small training, compared with those of the cpu. */
export interface SelfTest {
  readonly passed: boolean;
  /** Largest difference from the cpu after the last step, divided by max(1, |value|). */
  readonly maxError: number;
  /** Median time of a step in milliseconds, without the first step, which compiles. */
  readonly millisecondsPerStep: number;
}

const [pictures, side, channels, classes] = [8, 16, 16, 4];
const tolerance = 1e-3;
const steps = 4;
const filterShape = [3, 3, 3, channels] as [number, number, number, number];
const headShape = [channels, classes] as [number, number];

/**
 * One training step: convolution, norm, relu, mean, matrix product, softmax cross-entropy, and the
 * gradients.
 */
function smallTrainStep(): ProgramSpec {
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: 'self-test',
    inputs: [
      float('images', [pictures, side, side, 3]),
      float('targets', [pictures, classes]),
      float('rate', []),
      float('filter', filterShape),
      float('head', headShape),
    ],
    state: { 'next.filter': 'filter', 'next.head': 'head' },
    build: ({ images, targets, rate, filter, head }) => {
      if (!images || !targets || !rate || !filter || !head) throw new Error('An input is missing.');
      const loss = (weights: tf.Tensor, out: tf.Tensor): tf.Scalar => {
        const y = tf.conv2d(images as tf.Tensor4D, weights as tf.Tensor4D, 2, 1);
        const { mean, variance } = tf.moments(y, [0, 1, 2]);
        const norm = tf.mul(tf.sub(y, mean), tf.rsqrt(tf.add(variance, 1e-5)));
        const features = tf.mean(tf.relu(norm), [1, 2]);
        const logits = tf.logSoftmax(tf.matMul(features as tf.Tensor2D, out as tf.Tensor2D));
        return tf.neg(tf.mean(tf.sum(tf.mul(logits, targets), 1)));
      };
      const { value, grads } = tf.valueAndGrads(loss)([filter, head]);
      const [ofFilter, ofHead] = grads as [tf.Tensor, tf.Tensor];
      return {
        loss: value,
        'next.filter': tf.sub(filter, tf.mul(rate, ofFilter)),
        'next.head': tf.sub(head, tf.mul(rate, ofHead)),
      };
    },
  };
}

/** Numbers in [-scale, scale] that look random and are the same on every machine. */
function spread(size: number, scale: number): Float32Array {
  return Float32Array.from(
    { length: size },
    (_, i) => ((((i + 1) * 0.618034) % 1) * 2 - 1) * scale,
  );
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

async function trainBriefly(
  program: Program,
): Promise<{ state: Record<string, NamedArray>; milliseconds: number }> {
  program.writeState({
    filter: spread(elements(filterShape), 0.3),
    head: spread(elements(headShape), 0.5),
  });
  const targets = new Float32Array(pictures * classes);
  for (let row = 0; row < pictures; row += 1) targets[row * classes + (row % classes)] = 1;
  const images = spread(pictures * side * side * 3, 1);
  const times: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const start = performance.now();
    await program.run({ images, targets, rate: Float32Array.of(0.1) });
    times.push(performance.now() - start);
  }
  const [, median = Number.NaN] = times.slice(1).sort((a, b) => a - b);
  const state = program.readState();
  await program.dispose();
  return { state, milliseconds: median };
}

/** Trains a small network for a few steps on a device and on the cpu. Throws what the device throws. */
export async function selfTestDevice(device: string): Promise<SelfTest> {
  const spec = smallTrainStep();
  const wanted = await trainBriefly(await compileProgram(spec, 'cpu'));
  const found = device === 'cpu' ? wanted : await trainBriefly(await compileProgram(spec, device));
  let maxError = 0;
  for (const [name, { values }] of Object.entries(wanted.state)) {
    for (const [index, value] of values.entries()) {
      const other = found.state[name]?.values[index] ?? Number.NaN;
      const error = Math.abs(value - other) / Math.max(1, Math.abs(value));
      maxError = Math.max(maxError, Number.isNaN(error) ? Infinity : error);
    }
  }
  return { passed: maxError <= tolerance, maxError, millisecondsPerStep: found.milliseconds };
}
