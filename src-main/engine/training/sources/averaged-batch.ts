import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';
import { logAverages, unsetLogAverage } from '../../losses/global-contrastive.ts';
import { bankRows } from './bank-host.ts';
import { batchCandidates } from './batch-candidates.ts';
import type { SourceInputs, SourceStep, TrainingSource } from './training-source.ts';

/**
 * The other pictures of the batch, with the average mass of each of the `pictures` pictures' negatives
 * over the batches that it was in (SogCLR, Yuan et al. 2022): carried as logarithms, log u. After a
 * step a picture has the mean u of its two views, as in the authors' LibAUC.
 */
export function averagedBatchSource(batch: number, pictures: number): TrainingSource {
  return {
    viewsPerPicture: 2,
    anchors: 2 * batch,
    columns: 2 * batch,
    carried: [{ name: 'logAverages', shape: [pictures], dtype: 'float' }],
    fed: [{ name: 'bankRows', shape: [batch], dtype: 'int32' }],
    start: ({ sampleIds }) => ({
      logAverages: new Float32Array(pictures).fill(unsetLogAverage),
      bankIds: sampleIds.slice(),
    }),
    build: buildStep,
    host: (arrays) => {
      const rowOf = bankRows(arrays);
      return {
        step: ({ batch: ids }) => {
          const rowIds = Uint32Array.from([...ids, ...ids]);
          const feeds = { bankRows: Int32Array.from(ids, (id) => rowOf.get(id) ?? 0) };
          return { feeds, rowIds, columnIds: rowIds };
        },
        state: () => ({}),
      };
    },
  };
}

function buildStep({ views, scalars, input }: SourceInputs): SourceStep {
  const averages = input('logAverages') as tf.Tensor1D;
  const rows = input('bankRows') as tf.Tensor1D;
  const candidatesOf = (z: tf.Tensor2D): Candidates => {
    const own = tf.expandDims<tf.Tensor2D>(tf.gather(averages, rows), 1);
    return {
      ...batchCandidates(...(tf.split(z, 2) as [tf.Tensor2D, tf.Tensor2D])),
      logAverage: tf.concat([own, own], 0),
    };
  };
  return {
    trained: views,
    candidates: candidatesOf,
    next: (z) => {
      const [first, second] = tf.split(logAverages(candidatesOf(z), scalars), 2);
      const both = tf.logSumExp(tf.concat([first as tf.Tensor, second as tf.Tensor], 1), 1);
      const mean = tf.sub(both, Math.LN2);
      return {
        logAverages: tf.tensorScatterUpdate(averages, tf.expandDims(rows, 1), mean),
      };
    },
  };
}
