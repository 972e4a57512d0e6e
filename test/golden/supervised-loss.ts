import * as tf from '@tensorflow/tfjs';
import { batchCandidates } from '../../src-main/engine/training/sources/batch-candidates.ts';
import { objectiveLoss } from '../../src-main/engine/losses/objective-loss.ts';
import { withKnownColumns } from '../../src-main/engine/losses/known-columns.ts';
import { sharesLabel } from '../../src-main/engine/losses/shared-labels.ts';
import { parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import type { GoldenFamily, GoldenLoss } from './golden-loss.ts';
import { honour } from './honour.ts';

/** InfoNCE with the pictures of the anchor's label as positives, in the denominator (SupCon) or not. */
function supervised(golden: GoldenCase, excludesPositives: boolean): GoldenLoss {
  const { inputs } = golden;
  const slots = labelSlots(inputs['labels'] as number[] | number[][]);
  const prefix = excludesPositives ? 'excluded_' : '';
  return {
    title: excludesPositives ? 'positives only' : 'positives in the denominator',
    free: { z1: inputs['z1'] as Matrix, z2: inputs['z2'] as Matrix },
    indices: Object.fromEntries(slots.map((labels, slot) => [`labels${slot}`, labels])),
    scalars: { temperature: parameter(golden, 'temperature') },
    names: { loss: `${prefix}loss`, perAnchor: `${prefix}per_anchor`, grad: `${prefix}grad` },
    build: (tensors) => {
      const batch = batchCandidates(tensors['z1'] as tf.Tensor2D, tensors['z2'] as tf.Tensor2D);
      const pairs = slots.map((_, slot) => {
        const rows = tf.tile(tensors[`labels${slot}`] as tf.Tensor1D, [2]);
        return { rows, columns: rows };
      });
      const isSame = sharesLabel(pairs);
      const use = excludesPositives ? 'attract' : 'positive';
      const candidates = withKnownColumns(batch, [{ use, isSame }]);
      const output = objectiveLoss({ selection: 'all', loss: 'supcon' }).of(candidates, {
        temperature: tensors['temperature'] as tf.Scalar,
      });
      return { loss: output.loss, perAnchor: output.perAnchorLoss };
    },
  };
}

/** The first label of each picture, then the second, where they have several. */
function labelSlots(labels: readonly (number | number[])[]): number[][] {
  const sets = labels.map((one) => [one].flat());
  return sets[0]!.map((_, slot) => sets.map((one) => one[slot]!));
}

/** The supervised contrastive loss (Khosla et al. 2020), by the file's name. */
export const supervisedLoss: Readonly<Record<string, GoldenFamily>> = {
  supcon: (golden) => {
    const z1 = golden.inputs['z1'] as Matrix;
    honour(golden, ['temperature'], { B: z1.length, d: z1[0]!.length });
    return [supervised(golden, false), supervised(golden, true)];
  },
};
