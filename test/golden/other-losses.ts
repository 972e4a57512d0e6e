import * as tf from '@tensorflow/tfjs';
import {
  cancelledCandidates,
  falseNegatives,
  supportScores,
} from '../../src-main/engine/losses/cancellation.ts';
import type { CancellationRule } from '../../src-main/engine/losses/cancellation.ts';
import { infoNce } from '../../src-main/engine/losses/info-nce.ts';
import { generatedPatchNce, patchNce } from '../../src-main/engine/losses/patch-nce.ts';
import type { Patches } from '../../src-main/engine/losses/patch-nce.ts';
import { parameter } from './golden-cases.ts';
import type { Matrix } from './golden-cases.ts';
import type { GoldenFamily, GoldenLoss } from './golden-loss.ts';
import { honour } from './honour.ts';

/** As the reference clips the scores of a picture's own columns. */
const clippedScore = -2;

function fnc(mode: CancellationRule['mode']): GoldenFamily {
  return (golden) => {
    const views = golden.inputs['views'] as readonly Matrix[];
    const sizes = {
      support_size: views.length - 2,
      B: views[0]!.length,
      d: views[0]![0]!.length,
    };
    honour(golden, ['temperature', 'fn_topk', 'fn_threshold'], sizes);
    const count = views.length;
    return [
      {
        free: { views },
        scalars: {
          temperature: parameter(golden, 'temperature'),
          threshold: parameter(golden, 'fn_threshold'),
        },
        build: (tensors) => {
          const rows = tf.reshape<tf.Rank.R2>(tensors['views']!, [count * sizes.B, sizes.d]);
          const threshold = tensors['threshold'] as tf.Scalar;
          const rule = { threshold, topK: parameter(golden, 'fn_topk'), mode };
          const candidates = cancelledCandidates(rows, count, rule);
          const output = infoNce(candidates, tensors['temperature'] as tf.Scalar);
          return {
            // The official scalar sums over the views and is halved by none of them.
            loss: tf.mul(output.loss, 2),
            besides: {
              false_negative_columns: falseNegatives(rows, count, rule),
              max_scores: tf.maximum(supportScores(rows, count), clippedScore),
            },
          };
        },
      },
    ];
  };
}

const negcut: GoldenFamily = (golden) => {
  const { inputs } = golden;
  const [queries, keys] = [inputs['feat_q'] as Matrix, inputs['feat_k'] as Matrix];
  const generated = inputs['neg_sample'] as Matrix;
  const images = parameter(golden, 'batch_size');
  const sizes = {
    patches: queries.length / images,
    d: queries[0]!.length,
    generated_negatives: generated.length / images,
  };
  honour(golden, ['nce_T', 'batch_size'], sizes);
  const scalars = { temperature: parameter(golden, 'nce_T') };
  const patchesOf = (tensors: Readonly<Record<string, tf.Tensor>>) =>
    ({ queries: tensors['feat_q'], keys: tensors['feat_k'], images }) as Patches;
  const temperatureOf = (tensors: Readonly<Record<string, tf.Tensor>>) =>
    tensors['temperature'] as tf.Scalar;
  const losses: readonly GoldenLoss[] = [
    {
      free: { feat_q: queries, neg_sample: generated },
      constants: { feat_k: keys },
      scalars,
      names: { loss: 'loss', perAnchor: 'per_query', grad: 'grad' },
      build: (tensors) => {
        const negatives = tensors['neg_sample'] as tf.Tensor2D;
        const output = generatedPatchNce(patchesOf(tensors), negatives, temperatureOf(tensors));
        return { loss: output.loss, perAnchor: output.perAnchorLoss };
      },
    },
    {
      title: 'PatchNCE',
      free: { feat_q: queries },
      constants: { feat_k: keys },
      scalars,
      names: { loss: 'patchnce_loss', perAnchor: 'patchnce_per_query', grad: 'patchnce_grad' },
      build: (tensors) => {
        const output = patchNce(patchesOf(tensors), temperatureOf(tensors));
        return { loss: output.loss, perAnchor: output.perAnchorLoss };
      },
    },
  ];
  return losses;
};

/** The losses of more than two views and of patches, by the files' names. */
export const otherLosses: Readonly<Record<string, GoldenFamily>> = {
  fnc_attraction: fnc('attraction'),
  fnc_elimination: fnc('elimination'),
  negcut_patchnce: negcut,
};
