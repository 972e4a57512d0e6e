import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseObjective } from '../../../src-main/contract/objectives/parse-objective.ts';
import { featureEncoderPlan } from '../../../src-main/engine/networks/trainable-encoder.ts';
import { bankCandidates } from '../../../src-main/engine/training/sources/bank-candidates.ts';
import { createSource } from '../../../src-main/engine/training/sources/create-source.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { cachedViewFeatures } from '../../../src-main/engine/training/step/step-views.ts';
import { narrowPlan } from './narrow-training.ts';

const encoder = featureEncoderPlan('adapter', { dimensions: 4, whitening: null }, 'none');
const batch = Uint32Array.of(11, 12);
const positives = Uint32Array.of(13, 12);

/** One step of the host part of a source with positives that are other pictures. */
function hostStep(preset: string) {
  const source = createSource(parseObjective(preset, preset === 'moco' ? { queueSize: 4 } : {}), {
    ...{ encoder, batch: 2, pictures: 3, sharesColumns: true, drawsPositives: true },
  });
  const random = seedRandom(1);
  const start = source.start({
    weights: new Float32Array(16),
    statistics: new Float32Array(0),
    sampleIds: Uint32Array.of(11, 12, 13),
    random,
  });
  const host = source.host(start);
  const step = { batch, positives, step: 1, epoch: 0, random, scalars: {} };
  return { source, host, fed: host.step(step) };
}

describe('positives that are other pictures', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('are the pictures of the second views of a batch', () => {
    const { fed } = hostStep('simclr');
    expect([...fed.rowIds]).toEqual([11, 12, 13, 12]);
    expect([...fed.columnIds]).toEqual([11, 12, 13, 12]);
  });

  it('enter the queue as keys', () => {
    const { fed, host } = hostStep('moco');
    expect([...fed.rowIds]).toEqual([11, 12]);
    expect([...(host.state()['queueIds'] as Uint32Array)]).toEqual([13, 12, 0, 0]);
  });

  it('are the rows of a bank to which the anchors are drawn', () => {
    const { fed, source } = hostStep('ir');
    expect(fed.feeds['positiveRows']).toEqual(Int32Array.of(2, 1));
    expect(fed.feeds['bankRows']).toEqual(Int32Array.of(0, 1));
    expect(source.fed.map(({ name }) => name)).toContain('positiveRows');
    const found = bankCandidates({
      x: tf.tensor2d([[0.6, 0.8]]),
      bank: tf.tensor2d([
        [1, 0],
        [0, 1],
        [-1, 0],
      ]),
      rows: tf.tensor1d([0], 'int32'),
      positives: tf.tensor1d([2], 'int32'),
    });
    // 0.6 · -1 + 0.8 · 0; the anchor's own row is still no negative.
    expect(found.positiveSimilarity.dataSync()[0]).toBeCloseTo(-0.6, 6);
    expect([...found.isNegative.dataSync()]).toEqual([0, 1, 1]);
  });

  it('give the second view from their own cached views, and the first from the anchor’s', async () => {
    const { step } = narrowPlan({});
    const read = (ids: Uint32Array): Float32Array =>
      Float32Array.from({ length: ids.length * 3 }, (_, at) => ids[Math.floor(at / 3)]!);
    const feed = cachedViewFeatures(step, { views: 3, dimensions: 1, read });
    const { features } = await feed(batch, seedRandom(2), positives);
    expect([...(features as Float32Array)]).toEqual([11, 12, 13, 12]);
  });
});
