import * as tf from '@tensorflow/tfjs';
import { compileProgram } from '../../src-main/engine/graph/compile-program.ts';
import type { NamedArray, ProgramSpec } from '../../src-main/engine/graph/program.ts';
import type { InputSpec, Precision } from '../../src-main/engine/graph/recorder/input-spec.ts';
import type { GoldenCase } from './golden-cases.ts';

/** Numbers as the files nest them. */
export type Nested = number | boolean | readonly Nested[];

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** What one loss gives besides its gradients; everything else by its name in the file's `aux`. */
export interface LossOutputs {
  readonly loss: tf.Tensor;
  readonly perAnchor?: tf.Tensor;
  readonly besides?: Readonly<Record<string, tf.Tensor>>;
}

/** One loss of a golden file, ready to be traced. */
export interface GoldenLoss {
  /** Which of our ways to compute it, where there is more than one. */
  readonly title?: string;
  /** Inputs with a gradient, by the file's names. */
  readonly free: Readonly<Record<string, Nested>>;
  readonly constants?: Readonly<Record<string, Nested>>;
  readonly indices?: Readonly<Record<string, Nested>>;
  readonly scalars: Readonly<Record<string, number>>;
  readonly build: (inputs: Tensors) => LossOutputs;
  /** The file's names for the loss, the losses of the anchors and the gradients. */
  readonly names?: { readonly loss: string; readonly perAnchor: string; readonly grad: string };
}

/** How the losses of a golden file are made of it. */
export type GoldenFamily = (golden: GoldenCase) => readonly GoldenLoss[];

export function flatten(nested: Nested): number[] {
  return typeof nested === 'object' ? nested.flatMap(flatten) : [Number(nested)];
}

export function shapeOf(nested: Nested): number[] {
  if (typeof nested !== 'object') return [];
  return [nested.length, ...(nested.length === 0 ? [] : shapeOf(nested[0]!))];
}

function normalised(x: tf.Tensor): tf.Tensor {
  return tf.div(x, tf.sqrt(tf.sum(tf.square(x), -1, true)));
}

function inputSpecs(loss: GoldenLoss): InputSpec[] {
  const specs = (values: Readonly<Record<string, Nested>>, dtype: 'float' | 'int32') =>
    Object.entries(values).map(([name, value]) => ({ name, shape: shapeOf(value), dtype }));
  return [
    ...specs({ ...loss.free, ...loss.constants, ...loss.scalars }, 'float'),
    ...specs(loss.indices ?? {}, 'int32'),
  ];
}

function programSpec(loss: GoldenLoss, precision: Precision): ProgramSpec {
  const names = Object.keys(loss.free);
  return {
    name: 'golden',
    precision,
    inputs: inputSpecs(loss),
    build: (inputs) => {
      const free = names.map((name) => inputs[name]!);
      const lossOf = (values: tf.Tensor[]): tf.Scalar => {
        const given = Object.fromEntries(names.map((name, at) => [name, values[at]!]));
        return loss.build({ ...inputs, ...given }).loss as tf.Scalar;
      };
      const gradients = tf.grads((...values) => lossOf(values))(free);
      // Checked in float64 only; without it the programs of slow devices are half as large.
      const through =
        precision === 'float64'
          ? tf.grads((...values) => lossOf(values.map(normalised)))(free)
          : [];
      const { loss: value, perAnchor, besides } = loss.build(inputs);
      return {
        loss: value,
        ...(perAnchor && { perAnchor }),
        ...Object.fromEntries(
          Object.entries(besides ?? {}).map(([name, tensor]) => [`aux.${name}`, tensor]),
        ),
        ...Object.fromEntries(names.map((name, at) => [`grad.${name}`, gradients[at]!])),
        ...Object.fromEntries(through.map((tensor, at) => [`through.${names[at]!}`, tensor])),
      };
    },
  };
}

/** The loss, its by-products and its gradients, computed by one device. */
export async function runLoss(
  loss: GoldenLoss,
  device: string,
  precision: Precision,
): Promise<Record<string, NamedArray>> {
  const program = await compileProgram(programSpec(loss, precision), device, { threads: 1 });
  const toFloats = (value: Nested) =>
    precision === 'float64' ? Float64Array.from(flatten(value)) : Float32Array.from(flatten(value));
  const floats = Object.entries({ ...loss.free, ...loss.constants, ...loss.scalars });
  const indices = Object.entries(loss.indices ?? {});
  try {
    return await program.run({
      ...Object.fromEntries(floats.map(([name, value]) => [name, toFloats(value)])),
      ...Object.fromEntries(
        indices.map(([name, value]) => [name, Int32Array.from(flatten(value))]),
      ),
    });
  } finally {
    await program.dispose();
  }
}
