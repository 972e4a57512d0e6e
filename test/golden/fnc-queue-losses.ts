import * as tf from '@tensorflow/tfjs';
import { cancelledInMemory, memoryScores } from '../../src-main/engine/losses/cancellation.ts';
import type { CancellationRule } from '../../src-main/engine/losses/cancellation.ts';
import { falseColumns, quantileThreshold } from '../../src-main/engine/losses/false-columns.ts';
import { infoNce } from '../../src-main/engine/losses/info-nce.ts';
import { withoutOwnPicture } from '../../src-main/engine/losses/left-out-negatives.ts';
import { onlyWhere } from '../../src-main/engine/losses/masks.ts';
import { queueCandidates } from '../../src-main/engine/training/sources/queue-candidates.ts';
import { parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import type { GoldenFamily } from './golden-loss.ts';
import { honour } from './honour.ts';

function ruleOf(
  golden: GoldenCase,
  mode: CancellationRule['mode'],
  threshold: tf.Tensor | undefined,
): CancellationRule {
  const topK = parameter(golden, 'fn_topk');
  if (threshold) return { topK, mode, threshold: threshold as tf.Scalar };
  return { topK, mode, threshold: quantileThreshold(parameter(golden, 'fn_quantile')) };
}

function fncQueue(mode: CancellationRule['mode']): GoldenFamily {
  return (golden) => {
    const { q, queue } = golden.inputs as Record<string, Matrix>;
    const keys = golden.inputs['keys'] as readonly Matrix[];
    const sizes = { B: q!.length, d: q![0]!.length, K: queue!.length };
    const known = ['temperature', 'fn_topk', 'fn_threshold', 'fn_quantile'];
    honour(golden, known, { ...sizes, support_size: keys.length - 1 });
    const hasThreshold = golden.params['fn_threshold'] !== undefined;
    const { pictures, queue_pictures: columns } = golden.inputs as Record<string, number[]>;
    return [
      {
        free: { q: q! },
        constants: { keys, queue: queue! },
        indices: { pictures: pictures!, columns: columns! },
        scalars: {
          temperature: parameter(golden, 'temperature'),
          ...(hasThreshold && { threshold: parameter(golden, 'fn_threshold') }),
        },
        build: (tensors) => {
          const rows = tensors['queue'] as tf.Tensor2D;
          const flat = [keys.length * sizes.B, sizes.d] as [number, number];
          const supports = tf.reshape<tf.Rank.R2>(tensors['keys']!, flat);
          const own = tf.slice(supports, [0, 0], [sizes.B, -1]);
          const candidates = withoutOwnPicture(
            queueCandidates(tensors['q'] as tf.Tensor2D, own, rows),
            {
              rows: tensors['pictures'] as tf.Tensor1D,
              columns: tensors['columns'] as tf.Tensor1D,
            },
          );
          const scores = memoryScores(supports, keys.length, rows);
          const rule = ruleOf(golden, mode, tensors['threshold']);
          const cancelled = cancelledInMemory(candidates, scores, rule);
          const output = infoNce(cancelled, tensors['temperature'] as tf.Scalar);
          return {
            loss: output.loss,
            perAnchor: output.perAnchorLoss,
            besides: {
              false_negative_columns: falseColumns(onlyWhere(scores, candidates.isNegative), rule),
            },
          };
        },
      },
    ];
  };
}

/** False negative cancellation in a queue, by the files' names. */
export const fncQueueLosses: Readonly<Record<string, GoldenFamily>> = {
  fnc_queue_attraction: fncQueue('attraction'),
  fnc_queue_elimination: fncQueue('elimination'),
};
