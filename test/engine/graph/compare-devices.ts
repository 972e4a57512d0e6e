import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import type { CompileOptions } from '../../../src-main/engine/graph/compile-program.ts';
import type { NamedArray, ProgramSpec } from '../../../src-main/engine/graph/program.ts';
import type { InputSpec, Precision } from '../../../src-main/engine/graph/recorder/input-spec.ts';

/** Numbers in [-1.5, 1.5) that look random, none of them close to zero or to another's tie. */
export function spread(size: number, seed = 1): Float32Array {
  return Float32Array.from({ length: size }, (_, index) => {
    const value = (((index + 1) * 0.6180339887 + seed * 0.377) % 1) * 3 - 1.5;
    return Math.abs(value) < 0.05 ? value + 0.1 : value;
  });
}

export interface KernelCase {
  readonly name: string;
  /** Shapes of the float inputs x0, x1, … */
  readonly shapes: readonly (readonly number[])[];
  readonly build: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
  /** Makes the inputs fit a function's domain. */
  readonly values?: (value: number) => number;
  /** False where tfjs has no gradient, or its own cpu backend cannot compute it. */
  readonly hasGradient?: boolean;
}

function weighted(outputs: readonly tf.Tensor[]): tf.Scalar {
  const sums = outputs.map((output, index) => {
    const weights = tf.tensor(spread(output.size, index + 5), output.shape);
    return tf.sum(tf.mul(tf.cast(output, 'float32'), weights));
  });
  return tf.addN(sums) as tf.Scalar;
}

/** A program that gives a case's outputs and, where it has one, its gradient by every input. */
export function programOf(testCase: KernelCase, precision: Precision = 'float32'): ProgramSpec {
  const inputs = testCase.shapes.map((shape, index): InputSpec => ({
    name: `x${index}`,
    shape,
    dtype: 'float',
  }));
  const run = (values: tf.Tensor[]): tf.Tensor[] => [testCase.build(...values)].flat();
  return {
    name: testCase.name,
    inputs,
    precision,
    build: (named) => {
      const tensors = inputs.map(({ name }) => named[name]!);
      const outputs = run(tensors).map((output, index) => [`y${index}`, output] as const);
      if (testCase.hasGradient === false) return Object.fromEntries(outputs);
      const gradients = tf.grads((...values: tf.Tensor[]) => weighted(run(values)))(tensors);
      return Object.fromEntries([...outputs, ...gradients.map((g, i) => [`dx${i}`, g] as const)]);
    },
  };
}

export function feedsOf(testCase: KernelCase, precision: Precision = 'float32') {
  const feeds = testCase.shapes.map((shape, index) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const values = spread(size, index).map(testCase.values ?? ((value) => value));
    return [`x${index}`, precision === 'float64' ? Float64Array.from(values) : values] as const;
  });
  return Object.fromEntries(feeds);
}

export async function runOn(
  device: string,
  spec: ProgramSpec,
  feeds: Record<string, NamedArray['values']>,
  options: CompileOptions = {},
): Promise<Record<string, NamedArray>> {
  const program = await compileProgram(spec, device, { threads: 1, ...options });
  const outputs = await program.run(feeds);
  await program.dispose();
  return outputs;
}

/** Largest error relative to max(1, |wanted|); equal infinities agree. */
function largestError(actual: NamedArray['values'], wanted: NamedArray['values']): number {
  let largest = 0;
  for (const [index, value] of wanted.entries()) {
    const found = actual[index]!;
    if (found === value) continue;
    const error = Math.abs(value - found) / Math.max(1, Math.abs(value));
    largest = Math.max(largest, Number.isNaN(error) ? Infinity : error);
  }
  return largest;
}

export function expectClose(
  actual: Record<string, NamedArray>,
  wanted: Record<string, NamedArray>,
  tolerance: number,
): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, { shape, values }] of Object.entries(wanted)) {
    expect([name, actual[name]!.shape]).toEqual([name, shape]);
    const difference = largestError(actual[name]!.values, values);
    expect(difference, `${name} of ${String(shape)}`).toBeLessThan(tolerance);
  }
}
