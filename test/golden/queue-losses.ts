import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../src-main/engine/losses/candidates.ts';
import { infoNce } from '../../src-main/engine/losses/info-nce.ts';
import type { LossOutput, LossScalars } from '../../src-main/engine/losses/loss.ts';
import { withMixedNegatives } from '../../src-main/engine/losses/mixing.ts';
import type { MixingDraws } from '../../src-main/engine/losses/mixing.ts';
import {
  enqueued,
  queueCandidates,
} from '../../src-main/engine/training/sources/queue-candidates.ts';
import { ring } from '../../src-main/engine/losses/ring.ts';
import { parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import type { GoldenFamily, GoldenLoss, LossOutputs, Nested } from './golden-loss.ts';
import { honour } from './honour.ts';
import { officialRing, ringParameters, ringScalars } from './official-ring.ts';

type Tensors = Readonly<Record<string, tf.Tensor>>;

function sizesOf({ inputs }: GoldenCase) {
  const [q, queue] = [inputs['q'] as Matrix, inputs['queue'] as Matrix];
  return { B: q.length, d: q[0]!.length, K: queue.length };
}

/** The keys get a gradient where the file has one of them. */
function queued(
  { inputs, expected }: GoldenCase,
  scalars: Readonly<Record<string, number>>,
  lossOf: (candidates: Candidates, tensors: Tensors) => LossOutput,
  besides: (candidates: Candidates, tensors: Tensors) => LossOutputs['besides'] = () => ({}),
): GoldenLoss {
  const hasKeyGradient = 'k' in (expected['grad'] as object);
  const [q, k, queue] = ['q', 'k', 'queue'].map((name) => inputs[name] as Matrix) as [
    Matrix,
    Matrix,
    Matrix,
  ];
  return {
    free: hasKeyGradient ? { q, k } : { q },
    constants: hasKeyGradient ? { queue } : { k, queue },
    scalars,
    build: (tensors) => {
      const rows = ['q', 'k', 'queue'].map((name) => tensors[name]);
      const candidates = queueCandidates(...(rows as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D]));
      const { loss, perAnchorLoss } = lossOf(candidates, tensors);
      return { loss, perAnchor: perAnchorLoss, besides: besides(candidates, tensors)! };
    },
  };
}

const moco: GoldenFamily = (golden) => {
  // The momentum is of the key encoder, whose output the keys are.
  honour(golden, ['temperature', 'momentum'], sizesOf(golden));
  const { B: batch } = sizesOf(golden);
  const scalars = { temperature: parameter(golden, 'temperature') };
  const loss = queued(
    golden,
    scalars,
    (candidates, { temperature }) => infoNce(candidates, temperature as tf.Scalar),
    (_, { queue, k, pointer }) => {
      const after = enqueued(queue as tf.Tensor2D, k as tf.Tensor2D, pointer as tf.Tensor1D);
      return { queue_rows_0_to_B_after: tf.slice(after, 0, batch) };
    },
  );
  return [{ ...loss, indices: { pointer: [0] } }];
};

const mocoRing: GoldenFamily = (golden) => {
  const sizes = sizesOf(golden);
  honour(golden, ringParameters, sizes);
  return [
    queued(
      golden,
      ringScalars(golden, sizes.K),
      (candidates, tensors) => officialRing(golden)(candidates, tensors as LossScalars),
      (candidates, tensors) => ({
        ring_queue_indices: ring.select(candidates, tensors as LossScalars).isNegative,
      }),
    ),
  ];
};

const mochi: GoldenFamily = (golden) => {
  const { inputs } = golden;
  const [s, sPrime] = [inputs['alpha'], inputs['beta']].map((rows) => (rows as Matrix)[0]!.length);
  const sizes = { ...sizesOf(golden), s: s!, s_prime: sPrime! };
  honour(golden, ['temperature', 'N'], sizes);
  const scalars = { temperature: parameter(golden, 'temperature'), active: 1 };
  const mixedOf = (candidates: Candidates, tensors: Tensors): Candidates => {
    const empty = (last: readonly number[]) => tf.zeros([sizes.B, ...last]);
    const draws = {
      pairRanks: tensors['pair_ranks'] ?? empty([0, 2]),
      pairWeights: tensors['alpha'] ?? empty([0]),
      queryRanks: tensors['query_mix_ranks'] ?? empty([0]),
      queryWeights: tensors['beta'] ?? empty([0]),
      active: tensors['active'],
    } as MixingDraws;
    const [q, queue] = [tensors['q'], tensors['queue']] as [tf.Tensor2D, tf.Tensor2D];
    return withMixedNegatives(candidates, q, queue, parameter(golden, 'N'), draws);
  };
  const loss = queued(
    golden,
    scalars,
    (candidates, tensors) =>
      infoNce(mixedOf(candidates, tensors), tensors['temperature'] as tf.Scalar),
    (candidates, tensors) => {
      const synthetic = tf.slice(mixedOf(candidates, tensors).similarity, [0, sizes.K]);
      return { synthetic_logits_over_t: tf.div(synthetic, tensors['temperature']!) };
    },
  );
  const present = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const rows = inputs[name] as Nested[][];
        return rows[0]!.length === 0 ? [] : [[name, rows]];
      }),
    );
  return [
    {
      ...loss,
      constants: { ...loss.constants, ...present(['alpha', 'beta']) },
      indices: present(['pair_ranks', 'query_mix_ranks']),
    },
  ];
};

/** The losses of queries against their keys and a queue, by the files' names. */
export const queueLosses: Readonly<Record<string, GoldenFamily>> = {
  moco_infonce: moco,
  moco_ring: mocoRing,
  mochi,
};
