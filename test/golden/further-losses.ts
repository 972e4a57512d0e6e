import * as tf from '@tensorflow/tfjs';
import type { ObjectiveParts } from '../../src-main/contract/objectives/parts.ts';
import type { Candidates } from '../../src-main/engine/losses/candidates.ts';
import { logAverages, unsetLogAverage } from '../../src-main/engine/losses/global-contrastive.ts';
import type { LossScalars } from '../../src-main/engine/losses/loss.ts';
import { objectiveLoss } from '../../src-main/engine/losses/objective-loss.ts';
import { batchCandidates } from '../../src-main/engine/training/sources/batch-candidates.ts';
import { parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import type { GoldenFamily, GoldenLoss } from './golden-loss.ts';
import { honour } from './honour.ts';

type Parts = Omit<ObjectiveParts, 'source'>;
type Views = readonly [tf.Tensor2D, tf.Tensor2D];

/** A loss of two views, its scalars by the file's names of them. */
function ofViews(
  golden: GoldenCase,
  parts: Parts,
  settings: Readonly<Record<string, string>>,
  added: (views: Views, inputs: Readonly<Record<string, tf.Tensor>>) => Partial<Candidates>,
): GoldenLoss {
  const [z1, z2] = [golden.inputs['z1'] as Matrix, golden.inputs['z2'] as Matrix];
  honour(golden, Object.keys(settings), { B: z1.length, d: z1[0]!.length });
  const scalars = Object.entries(settings).map(([key, name]) => [name, parameter(golden, key)]);
  return {
    free: { z1, z2 },
    scalars: Object.fromEntries(scalars) as Record<string, number>,
    build: (inputs) => {
      const views = [inputs['z1'], inputs['z2']] as unknown as Views;
      const candidates = { ...batchCandidates(...views), ...added(views, inputs) };
      const output = objectiveLoss(parts).of(candidates, inputs as LossScalars);
      return { loss: output.loss, perAnchor: output.perAnchorLoss };
    },
  };
}

const info = (selection: Parts['selection'], loss: Parts['loss']): Parts => ({ selection, loss });
const nothing = (): Partial<Candidates> => ({});

/** log u of both views of each picture; [2B, 1]. */
function logAverageOf(inputs: Readonly<Record<string, tf.Tensor>>): tf.Tensor2D {
  const u = inputs['u'] as tf.Tensor1D;
  const log = tf.where(tf.less(u, 0), tf.scalar(unsetLogAverage), tf.log(tf.maximum(u, 1e-9)));
  return tf.reshape<tf.Rank.R2>(tf.tile(log, [2]), [-1, 1]);
}

function globalLoss(golden: GoldenCase): GoldenLoss {
  const settings = { temperature: 'temperature', gamma: 'averageRate' };
  const loss = ofViews(golden, info('all', 'global'), settings, (_, inputs) => ({
    logAverage: logAverageOf(inputs),
  }));
  return {
    ...loss,
    constants: { u: golden.inputs['u'] as number[] },
    build: (inputs) => {
      const views = [inputs['z1'], inputs['z2']] as unknown as Views;
      const candidates = { ...batchCandidates(...views), logAverage: logAverageOf(inputs) };
      const [first, second] = tf.split(tf.exp(logAverages(candidates, inputs as LossScalars)), 2);
      const next = tf.div(tf.add(first as tf.Tensor, second as tf.Tensor), 2);
      return { ...loss.build(inputs), besides: { u_next: tf.squeeze(next, [1]) } };
    },
  };
}

/** ADNCE, the decoupled, global and pairwise losses, and VICReg, by the files' names. */
export const furtherLosses: Readonly<Record<string, GoldenFamily>> = {
  adnce: (golden) => {
    const settings = { temperature: 'temperature', mu: 'gaussMean', sigma: 'gaussSigma' };
    return [ofViews(golden, info('gaussian', 'info-nce'), settings, nothing)];
  },
  decoupled: (golden) => [
    ofViews(golden, info('all', 'decoupled'), { temperature: 'temperature' }, nothing),
  ],
  sogclr: (golden) => [globalLoss(golden)],
  siglip: (golden) => {
    const settings = { temperature: 'temperature', bias: 'sigmoidBias' };
    return [ofViews(golden, info('all', 'sigmoid'), settings, nothing)];
  },
  vicreg: (golden) => {
    const names = ['invariance', 'variance', 'covariance'];
    const settings = Object.fromEntries(names.map((name) => [name, name]));
    return [
      ofViews(golden, info('all', 'vicreg'), settings, (views) => ({
        projected: tf.concat2d([...views], 0),
      })),
    ];
  },
};
