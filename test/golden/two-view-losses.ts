import type * as tf from '@tensorflow/tfjs';
import { batchCandidates } from '../../src-main/engine/training/sources/batch-candidates.ts';
import type { Candidates } from '../../src-main/engine/losses/candidates.ts';
import type { LossOutput, LossScalars } from '../../src-main/engine/losses/loss.ts';
import { objectiveLoss } from '../../src-main/engine/losses/objective-loss.ts';
import { parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import type { GoldenFamily, GoldenLoss } from './golden-loss.ts';
import { honour } from './honour.ts';
import { officialRing, ringParameters, ringScalars } from './official-ring.ts';

type LossOf = (candidates: Candidates, scalars: LossScalars) => LossOutput;

function twoViews(
  { inputs }: GoldenCase,
  scalars: Readonly<Record<string, number>>,
  loss: LossOf,
): GoldenLoss {
  const views = { z1: inputs['z1'] as Matrix, z2: inputs['z2'] as Matrix };
  return {
    free: views,
    scalars,
    build: (tensors) => {
      const pair = [tensors['z1'], tensors['z2']] as [tf.Tensor2D, tf.Tensor2D];
      const output = loss(batchCandidates(...pair), tensors as LossScalars);
      const { clampRate } = output;
      return { loss: output.loss, perAnchor: output.perAnchorLoss, besides: { clampRate } };
    },
  };
}

function sizesOf({ inputs }: GoldenCase): Record<string, number> {
  const z1 = inputs['z1'] as Matrix;
  return { B: z1.length, d: z1[0]!.length };
}

function plain(
  selection: 'all' | 'debiased' | 'hard',
  settings: Readonly<Record<string, string>>,
): GoldenFamily {
  const loss = objectiveLoss({ selection, loss: 'info-nce' });
  return (golden) => {
    honour(golden, Object.keys(settings), sizesOf(golden));
    const scalars = Object.entries(settings).map(([key, name]) => [name, parameter(golden, key)]);
    const numbers = Object.fromEntries(scalars) as Record<string, number>;
    return [twoViews(golden, numbers, (...given) => loss.of(...given))];
  };
}

/** The losses between two views of a batch, by the files' names. */
export const twoViewLosses: Readonly<Record<string, GoldenFamily>> = {
  ntxent: plain('all', { temperature: 'temperature' }),
  debiased: plain('debiased', { temperature: 'temperature', tau_plus: 'tauPlus' }),
  hard: plain('hard', { temperature: 'temperature', tau_plus: 'tauPlus', beta: 'beta' }),
  ring_ntxent: (golden) => {
    honour(golden, ringParameters, sizesOf(golden));
    const negatives = 2 * (golden.inputs['z1'] as Matrix).length - 2;
    return [twoViews(golden, ringScalars(golden, negatives), officialRing(golden))];
  },
};
