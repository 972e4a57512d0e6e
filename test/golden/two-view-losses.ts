import type * as tf from '@tensorflow/tfjs';
import { allNegatives } from '../../src-main/engine/losses/all-negatives.ts';
import { batchCandidates } from '../../src-main/engine/losses/batch-source.ts';
import type { Candidates } from '../../src-main/engine/losses/candidates.ts';
import { debiased } from '../../src-main/engine/losses/debiased.ts';
import { hard } from '../../src-main/engine/losses/hard.ts';
import { ringLoss } from '../../src-main/engine/losses/ring.ts';
import type {
  ObjectiveOutput,
  ObjectiveScalars,
  Selection,
} from '../../src-main/engine/losses/selection.ts';
import { parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import type { GoldenFamily, GoldenLoss } from './golden-loss.ts';
import { honour } from './honour.ts';
import { ringForm, ringParameters, ringScalars } from './ring-parameters.ts';

type Loss = (candidates: Candidates, scalars: ObjectiveScalars) => ObjectiveOutput;

function twoViews(
  { inputs }: GoldenCase,
  scalars: Readonly<Record<string, number>>,
  loss: Loss,
): GoldenLoss {
  const views = { z1: inputs['z1'] as Matrix, z2: inputs['z2'] as Matrix };
  return {
    free: views,
    scalars,
    build: (tensors) => {
      const pair = [tensors['z1'], tensors['z2']] as [tf.Tensor2D, tf.Tensor2D];
      const output = loss(batchCandidates(...pair), tensors as ObjectiveScalars);
      const { clampRate } = output;
      return { loss: output.loss, perAnchor: output.perAnchorLoss, besides: { clampRate } };
    },
  };
}

function sizesOf({ inputs }: GoldenCase): Record<string, number> {
  const z1 = inputs['z1'] as Matrix;
  return { B: z1.length, d: z1[0]!.length };
}

function plain(selection: Selection, settings: Readonly<Record<string, string>>): GoldenFamily {
  return (golden) => {
    honour(golden, Object.keys(settings), sizesOf(golden));
    const scalars = Object.entries(settings).map(([key, name]) => [name, parameter(golden, key)]);
    const numbers = Object.fromEntries(scalars) as Record<string, number>;
    return [twoViews(golden, numbers, (...given) => selection.loss(...given))];
  };
}

/** The losses between two views of a batch, by the files' names. */
export const twoViewLosses: Readonly<Record<string, GoldenFamily>> = {
  ntxent: plain(allNegatives, { temperature: 'temperature' }),
  debiased: plain(debiased, { temperature: 'temperature', tau_plus: 'tauPlus' }),
  hard: plain(hard, { temperature: 'temperature', tau_plus: 'tauPlus', beta: 'beta' }),
  ring_ntxent: (golden) => {
    honour(golden, ringParameters, sizesOf(golden));
    const negatives = 2 * (golden.inputs['z1'] as Matrix).length - 2;
    const form = ringForm(golden);
    return [
      twoViews(golden, ringScalars(golden, negatives), (candidates, scalars) =>
        ringLoss(candidates, scalars, form),
      ),
    ];
  },
};
