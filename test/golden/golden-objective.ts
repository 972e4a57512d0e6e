import * as tf from '@tensorflow/tfjs';
import { parseObjectiveSettings } from '../../src-main/contract/objectives/parse-objective.ts';
import { presets } from '../../src-main/contract/objectives/presets.ts';
import { compileProgram } from '../../src-main/engine/compute/compile-program.ts';
import type { NamedArray, Precision, ProgramSpec } from '../../src-main/engine/compute/program.ts';
import { batchCandidates } from '../../src-main/engine/objectives/batch-source.ts';
import { selections } from '../../src-main/engine/objectives/selections.ts';
import type { BatchPreset } from '../engine/objectives/eager-objective.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';

/** Our preset for the objective that a golden file names. */
export const presetOfObjective: Readonly<Record<string, BatchPreset>> = {
  ntxent: 'simclr',
  debiased: 'debiased',
  hard: 'hard',
  ring_ntxent: 'ring',
};

const keyOfParameter: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  tau_plus: 'tauPlus',
  beta: 'beta',
  thres_outer: 'ringOuter',
  thres_inner: 'ringInner',
  dynamic_inner: 'ringDynamicInner',
};

type Views = [tf.Tensor2D, tf.Tensor2D];

function normalised(x: tf.Tensor2D): tf.Tensor2D {
  return tf.div(x, tf.sqrt(tf.sum(tf.square(x), 1, true)));
}

function programSpec(
  preset: BatchPreset,
  shape: readonly [number, number],
  precision: Precision,
): ProgramSpec {
  const { scalarNames, loss: lossOf } = selections[presets[preset].selection];
  const loss = (z1: tf.Tensor2D, z2: tf.Tensor2D, scalars: Readonly<Record<string, tf.Scalar>>) =>
    lossOf(batchCandidates(z1, z2), scalars);
  return {
    name: `golden-${preset}`,
    precision,
    inputs: [
      { name: 'z1', shape, dtype: 'float' },
      { name: 'z2', shape, dtype: 'float' },
      ...scalarNames.map((name) => ({ name, shape: [], dtype: 'float' as const })),
    ],
    build: (inputs) => {
      const scalars = inputs as Readonly<Record<string, tf.Scalar>>;
      const views = [inputs['z1'], inputs['z2']] as Views;
      const output = loss(...views, scalars);
      const free = tf.grads((...z) => loss(...(z as Views), scalars).loss)(views);
      const through = tf.grads(
        (...x) => loss(...((x as Views).map(normalised) as Views), scalars).loss,
      )(views);
      return {
        ...output,
        gradZ1: free[0]!,
        gradZ2: free[1]!,
        throughZ1: through[0]!,
        throughZ2: through[1]!,
      };
    },
  };
}

/** The case's loss, losses by anchor and gradients, computed by one device. */
export async function runObjective(
  golden: GoldenCase,
  device: string,
  precision: Precision,
): Promise<Record<string, NamedArray>> {
  const preset = presetOfObjective[golden.objective]!;
  const [z1, z2] = [golden.inputs['z1'] as Matrix, golden.inputs['z2'] as Matrix];
  const settings = parseObjectiveSettings(preset, settingsOf(golden, preset));
  const numbers = selections[presets[preset].selection].scalars(settings, 2 * z1.length - 2);
  const spec = programSpec(preset, [z1.length, z1[0]!.length], precision);
  const program = await compileProgram(spec, device, { threads: 1 });
  const toArray = (values: readonly number[]) =>
    precision === 'float64' ? Float64Array.from(values) : Float32Array.from(values);
  try {
    return await program.run({
      z1: toArray(z1.flat()),
      z2: toArray(z2.flat()),
      ...Object.fromEntries(
        Object.entries(numbers).map(([name, value]) => [name, toArray([value])]),
      ),
    });
  } finally {
    await program.dispose();
  }
}

/** Our settings by their keys, from the parameters as the file names them. */
export function settingsOf(golden: GoldenCase, preset: BatchPreset): Record<string, unknown> {
  if (preset === 'ring' && golden.params['self_negative'] === false) {
    throw new Error(`${golden.name} leaves the positive out of the denominator; no preset does.`);
  }
  return Object.fromEntries(
    Object.entries(golden.params).flatMap(([name, value]) => {
      const key = keyOfParameter[name];
      return key === undefined ? [] : [[key, value]];
    }),
  );
}
