import * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { requiredScalar } from '../../losses/loss.ts';
import { withMixedNegatives } from '../../losses/mixing.ts';
import type { HostStep, SourceInputs, Synthesis } from './training-source.ts';
import type { Random } from '../../numeric/random.ts';

/** The settings of MoCHi: N hardest negatives, s pairs, s' mixes with the query, and warm-up epochs. */
export interface Mixing {
  readonly hardest: number;
  readonly pairs: number;
  readonly queries: number;
  readonly warmup: number;
}

/** The inputs of mixing at each step, see `MixingDraws`. */
export function mixingInputs({ pairs, queries }: Mixing, batch: number): InputSpec[] {
  return [
    { name: 'mixing.active', shape: [], dtype: 'float' },
    { name: 'mixing.pairRanks', shape: [batch, pairs, 2], dtype: 'int32' },
    { name: 'mixing.pairWeights', shape: [batch, pairs], dtype: 'float' },
    { name: 'mixing.queryRanks', shape: [batch, queries], dtype: 'int32' },
    { name: 'mixing.queryWeights', shape: [batch, queries], dtype: 'float' },
  ];
}

/** What feeds `mixingInputs`: ranks below N, α in (0, 1) and β in (0, 0.5), each uniform. */
export function mixingFeeds(
  { hardest, pairs, queries, warmup }: Mixing,
  batch: number,
  { epoch, random }: Pick<HostStep, 'epoch' | 'random'>,
): Record<string, NamedArray['values']> {
  return {
    'mixing.active': Float32Array.of(epoch >= warmup ? 1 : 0),
    'mixing.pairRanks': ranks(batch * pairs * 2, hardest, random),
    'mixing.pairWeights': shares(batch * pairs, 1, random),
    'mixing.queryRanks': ranks(batch * queries, hardest, random),
    'mixing.queryWeights': shares(batch * queries, 0.5, random),
  };
}

/** Mixing in the graph of a step: negatives mixed from the hardest rows of the queue [K, d]. */
export function mixingSynthesis(
  { hardest }: Mixing,
  queue: tf.Tensor2D,
  { input, scalars }: Pick<SourceInputs, 'input' | 'scalars'>,
): Synthesis {
  return {
    added: (candidates, q) =>
      withMixedNegatives(candidates, q, queue, hardest, {
        active: input('mixing.active') as tf.Scalar,
        pairRanks: input('mixing.pairRanks') as tf.Tensor3D,
        pairWeights: input('mixing.pairWeights') as tf.Tensor2D,
        queryRanks: input('mixing.queryRanks') as tf.Tensor2D,
        queryWeights: input('mixing.queryWeights') as tf.Tensor2D,
      }),
    gathered: (candidates) =>
      gatheredMixture(candidates, queue.shape[0], requiredScalar(scalars, 'temperature')),
  };
}

/**
 * The candidates with all mixed negatives in one column after the K of the queue. Its similarity is
 * t log Σ e^(s/t), so that the loss stays the same. The ledger records the columns with the largest
 * pushes; without this it would be full of negatives that are no pictures.
 */
function gatheredMixture(
  { similarity, isNegative, ...rest }: Candidates,
  queueSize: number,
  temperature: tf.Scalar,
): Candidates {
  const mixed = similarity.shape[1] - queueSize;
  const [real, synthetic] = tf.split(similarity, [queueSize, mixed], 1);
  const [isReal, isActive] = tf.split(isNegative, [queueSize, mixed], 1);
  const logits = tf.div(synthetic as tf.Tensor2D, temperature);
  const mass = tf.mul(tf.logSumExp(logits, 1, true), temperature);
  const isAny = tf.slice(isActive as tf.Tensor2D, [0, 0], [similarity.shape[0], 1]);
  return {
    ...rest,
    similarity: tf.concat([real as tf.Tensor2D, mass as tf.Tensor2D], 1),
    isNegative: tf.concat([isReal as tf.Tensor2D, isAny], 1),
  };
}

function ranks(count: number, below: number, random: Random): Int32Array {
  return Int32Array.from({ length: count }, () => random.index(below));
}

function shares(count: number, below: number, random: Random): Float32Array {
  return Float32Array.from({ length: count }, () => random.uniform(0, below));
}
