import type * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import { requiredScalar } from '../../losses/loss.ts';
import { withMixedNegatives } from '../../losses/mixing.ts';
import { gatheredSynthetic } from './gathered-synthetic.ts';
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
      gatheredSynthetic(candidates, queue.shape[0], requiredScalar(scalars, 'temperature')),
  };
}

function ranks(count: number, below: number, random: Random): Int32Array {
  return Int32Array.from({ length: count }, () => random.index(below));
}

function shares(count: number, below: number, random: Random): Float32Array {
  return Float32Array.from({ length: count }, () => random.uniform(0, below));
}
