import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { bankCandidates } from '../../../src-main/engine/training/sources/bank-candidates.ts';
import { batchCandidates } from '../../../src-main/engine/training/sources/batch-candidates.ts';
import { binaryNce, logNormaliser } from '../../../src-main/engine/losses/binary-nce.ts';
import { cancelledCandidates } from '../../../src-main/engine/losses/cancellation.ts';
import type { Candidates } from '../../../src-main/engine/losses/candidates.ts';
import { infoNce, infoNceOver } from '../../../src-main/engine/losses/info-nce.ts';
import type { LossOutput, LossScalars } from '../../../src-main/engine/losses/loss.ts';
import { withMixedNegatives } from '../../../src-main/engine/losses/mixing.ts';
import { queueCandidates } from '../../../src-main/engine/training/sources/queue-candidates.ts';
import { unsetLogAverage } from '../../../src-main/engine/losses/global-contrastive.ts';
import { objectiveLoss, selections } from '../../../src-main/engine/losses/objective-loss.ts';
import type { LossName } from '../../../src-main/contract/objectives/parts.ts';
import { runLoss } from '../../golden/golden-loss.ts';
import { randomViews } from './random-views.ts';

type Rows = [tf.Tensor2D, tf.Tensor2D];

const batch = 6;

const sources: Readonly<Record<string, (...rows: Rows) => Candidates>> = {
  batch: (z1, z2) => batchCandidates(z1, z2),
  queue: (z1, z2) => queueCandidates(z1, z2, tf.concat([z2, tf.neg(z2)])),
  bank: (z1, z2) => bankCandidates({ x: z1, bank: z2, rows: tf.range(0, batch, 1, 'int32') }),
};

/** The logits of these reach 100 = (6 + 1) / 0.07, and e^100 is no float32. */
const hardest = {
  ...{ tauPlus: 0.1, beta: 6, ringInnerRank: 1, ringOuterRank: 4 },
  ...{ gaussMean: -1, gaussSigma: 0.05, sigmoidBias: -10, averageRate: 0.9 },
};

type Loss = (rows: Rows, scalars: LossScalars) => LossOutput;

const overSources = Object.entries(sources).flatMap(([source, candidates]) =>
  Object.entries(selections).map(([name, selection]): [string, Loss] => [
    `${source} × ${name}`,
    (rows, scalars) => infoNceOver(selection).of(candidates(...rows), scalars),
  ]),
);

/** A loss of the batch; the average of the first picture is far above that of the batch, the others have none. */
function overBatch(loss: LossName): Loss {
  return (rows, scalars) => {
    const far = tf.concat([tf.fill([1, 1], 60), tf.fill([2 * batch - 1, 1], unsetLogAverage)]);
    const candidates = {
      ...batchCandidates(...rows),
      logAverage: far as tf.Tensor2D,
      projected: tf.concat<tf.Tensor2D>([...rows]),
    };
    const factors = {
      invariance: tf.scalar(25),
      variance: tf.scalar(25),
      covariance: tf.scalar(1),
    };
    return objectiveLoss({ selection: 'all', loss }).of(candidates, { ...scalars, ...factors });
  };
}

const others: [string, Loss][] = [
  [
    'bank × binary NCE',
    (rows, { temperature }) => {
      const candidates = sources['bank']!(...rows);
      const logZ = logNormaliser(candidates, temperature!, tf.scalar(batch));
      return binaryNce(candidates, {
        temperature: temperature!,
        logNormaliser: logZ,
        noiseRatio: tf.scalar(0.5),
        epsilon: tf.scalar(1e-7),
      });
    },
  ],
  ['batch × decoupled', overBatch('decoupled')],
  ['batch × sigmoid', overBatch('sigmoid')],
  ['batch × global', overBatch('global')],
  ['batch × VICReg', overBatch('vicreg')],
  [
    'queue × mixing',
    (rows, scalars) => {
      const queue = tf.concat<tf.Tensor2D>([rows[1], tf.neg(rows[1])]);
      const candidates = withMixedNegatives(sources['queue']!(...rows), rows[0], queue, 4, {
        pairRanks: tf.zeros([batch, 2, 2], 'int32'),
        pairWeights: tf.fill([batch, 2], 0.5),
        queryRanks: tf.zeros([batch, 2], 'int32'),
        queryWeights: tf.fill([batch, 2], 0.25),
        active: tf.scalar(1),
      });
      return infoNce(candidates, scalars['temperature']!);
    },
  ],
  ...(['attraction', 'elimination'] as const).map((mode): [string, Loss] => [
    `batch × ${mode}`,
    (rows, { temperature }) => {
      const rule = { threshold: tf.scalar(0.5), topK: 3, mode };
      return infoNce(cancelledCandidates(tf.concat(rows), 2, rule), temperature!);
    },
  ]),
];

describe('numerical safety in float32, traced', () => {
  it.each([...overSources, ...others])('%s overflows nowhere', async (_, lossOf) => {
    // Alike, in general position, and opposite to their positives: the extremes of every logit.
    for (const [noise, sign] of [
      [1e-3, 1],
      [0.8, 1],
      [1e-3, -1],
    ] as const) {
      const { z1, z2 } = randomViews({ batch, dimensions: 4, noise, seed: 5 });
      for (const temperature of [0.07, 0.02]) {
        const outputs = await runLoss(
          {
            free: { z1, z2: z2.map((row) => row.map((value) => sign * value)) },
            scalars: { ...hardest, temperature },
            build: (tensors) => {
              const rows = [tensors['z1'], tensors['z2']] as Rows;
              const { loss, perAnchorLoss } = lossOf(rows, tensors as LossScalars);
              return { loss, perAnchor: perAnchorLoss };
            },
          },
          'cpu',
          'float32',
        );
        for (const [name, { values }] of Object.entries(outputs)) {
          expect([...values].every(Number.isFinite), `${name} at ${temperature}`).toBe(true);
        }
      }
    }
  });
});
