import * as tf from '@tensorflow/tfjs';
import { batchCandidates } from '../../src-main/engine/training/sources/batch-candidates.ts';
import { infoNce } from '../../src-main/engine/losses/info-nce.ts';
import { judgedCandidates } from '../../src-main/engine/losses/judged-pairs.ts';
import { parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import type { GoldenFamily, GoldenLoss } from './golden-loss.ts';
import { honour } from './honour.ts';

/** InfoNCE with the pictures of the anchor's label as positives, in the denominator (SupCon) or not. */
function supervised(golden: GoldenCase, excludesPositives: boolean): GoldenLoss {
  const { inputs } = golden;
  const prefix = excludesPositives ? 'excluded_' : '';
  return {
    title: excludesPositives ? 'positives only' : 'positives in the denominator',
    free: { z1: inputs['z1'] as Matrix, z2: inputs['z2'] as Matrix },
    indices: { labels: inputs['labels'] as number[] },
    scalars: { temperature: parameter(golden, 'temperature') },
    names: { loss: `${prefix}loss`, perAnchor: `${prefix}per_anchor`, grad: `${prefix}grad` },
    build: (tensors) => {
      const rows = tf.tile(tensors['labels'] as tf.Tensor1D, [2]);
      const batch = batchCandidates(tensors['z1'] as tf.Tensor2D, tensors['z2'] as tf.Tensor2D);
      const judged = judgedCandidates(batch, { rows, columns: rows }, true);
      const candidates = excludesPositives ? judged : { ...judged, isNegative: batch.isNegative };
      const output = infoNce(candidates, tensors['temperature'] as tf.Scalar);
      return { loss: output.loss, perAnchor: output.perAnchorLoss };
    },
  };
}

/** The supervised contrastive loss (Khosla et al. 2020), by the file's name. */
export const supervisedLoss: Readonly<Record<string, GoldenFamily>> = {
  supcon: (golden) => {
    const z1 = golden.inputs['z1'] as Matrix;
    honour(golden, ['temperature'], { B: z1.length, d: z1[0]!.length });
    return [supervised(golden, false), supervised(golden, true)];
  },
};
