import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { infoNce } from '../../../../src-main/engine/losses/info-nce.ts';
import { queueCandidates } from '../../../../src-main/engine/training/sources/queue-candidates.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import {
  mixingFeeds,
  mixingInputs,
  mixingSynthesis,
} from '../../../../src-main/engine/training/sources/queue-mixing.ts';
import { randomViews } from '../../losses/random-views.ts';

const mixing = { hardest: 5, pairs: 7, queries: 3, warmup: 2 };
const [batch, queueSize] = [4, 12];

function rows(count: number, seed: number): tf.Tensor2D {
  return tf.tensor2d(randomViews({ batch: count, dimensions: 5, noise: 0, seed }).z1);
}

/** The inputs of a step in that epoch as tensors. */
function inputs(epoch: number): (name: string) => tf.Tensor {
  const feeds = mixingFeeds(mixing, batch, { epoch, random: seedRandom(3) });
  const tensors = mixingInputs(mixing, batch).map(({ name, shape, dtype }) => {
    const type = dtype === 'float' ? 'float32' : 'int32';
    return [name, tf.tensor(feeds[name] as Float32Array, [...shape], type)] as const;
  });
  const byName = new Map(tensors);
  return (name) => byName.get(name)!;
}

beforeAll(() => tf.setBackend('cpu'));

describe('mixing in a queue', () => {
  const temperature = () => tf.scalar(0.2);
  const loss = (epoch: number | null) => {
    const [q, k, queue] = [rows(batch, 1), rows(batch, 2), rows(queueSize, 4)];
    const real = queueCandidates(q, k, queue);
    const scalars = { temperature: temperature() };
    const synthesis = mixingSynthesis(mixing, queue, { input: inputs(epoch ?? 0), scalars });
    const mixed = epoch === null ? real : synthesis.added(real, q);
    return {
      synthesis,
      mixed,
      losses: [...infoNce(mixed, temperature()).perAnchorLoss.dataSync()],
    };
  };

  it('waits for its warm-up', () => {
    expect(loss(1).losses).toEqual(loss(null).losses);
    const [warm, plain] = [loss(2).losses, loss(null).losses];
    expect(warm.every((value, row) => value > plain[row]! + 0.1)).toBe(true);
  });

  it.each([1, 2])('has the same loss in epoch %i with its mixture in one column', (epoch) => {
    const { synthesis, mixed, losses } = loss(epoch);
    const gathered = synthesis.gathered(mixed);
    expect(gathered.similarity.shape).toEqual([batch, queueSize + 1]);
    const same = [...infoNce(gathered, temperature()).perAnchorLoss.dataSync()];
    same.forEach((value, row) => expect(value).toBeCloseTo(losses[row]!, 5));
  });

  it('draws ranks of the hardest, and weights of the query below one half', () => {
    const feeds = mixingFeeds(mixing, 64, { epoch: 9, random: seedRandom(1) });
    const range = (name: string) => {
      const values = [...feeds[`mixing.${name}`]!];
      return [Math.min(...values), Math.max(...values)];
    };
    expect(range('pairRanks')).toEqual([0, 4]);
    expect(range('queryRanks')).toEqual([0, 4]);
    expect(range('pairWeights')[1]).toBeGreaterThan(0.9);
    expect(range('queryWeights')[1]).toBeLessThan(0.5);
    expect(range('queryWeights')[1]).toBeGreaterThan(0.45);
  });
});
