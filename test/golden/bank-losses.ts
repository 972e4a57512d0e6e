import * as tf from '@tensorflow/tfjs';
import {
  bankCandidates,
  countedBankCandidates,
  drawnBankCandidates,
  updatedBank,
} from '../../src-main/engine/training/sources/bank-candidates.ts';
import type { BankBatch } from '../../src-main/engine/training/sources/bank-candidates.ts';
import { binaryNce, logNormaliser } from '../../src-main/engine/losses/binary-nce.ts';
import type { Candidates } from '../../src-main/engine/losses/candidates.ts';
import { infoNce } from '../../src-main/engine/losses/info-nce.ts';
import type { LossScalars } from '../../src-main/engine/losses/loss.ts';
import { dot, parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import type { GoldenFamily, GoldenLoss } from './golden-loss.ts';
import { flag, honour } from './honour.ts';
import { officialRing, ringParameters, ringScalars } from './official-ring.ts';

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** How often each of `count` columns is among the numbers of a row. */
function countsOf(rows: Matrix, count: number): number[][] {
  return rows.map((row) => {
    const counts = new Array<number>(count).fill(0);
    for (const column of row) counts[column]! += 1;
    return counts;
  });
}

function noiseOf({ name, inputs }: GoldenCase): Matrix {
  const own = inputs['indices'] as number[];
  const drawn = inputs['sample_indices'] as Matrix;
  const isOwnFirst = drawn.every((row, at) => row[0] === own[at]);
  if (!isOwnFirst)
    throw new Error(`${name} has a draw whose first index is not the picture's own.`);
  return drawn.map((row) => row.slice(1));
}

function updatedRows(batch: BankBatch, momentum: tf.Tensor): tf.Tensor {
  return tf.gather(updatedBank(batch, momentum as tf.Scalar), batch.rows);
}

/** Both ways to score draws: the whole bank with counts, or the drawn rows alone. */
const waysToDraw = ['counted', 'drawn'] as const;

function drawnCandidates(
  way: (typeof waysToDraw)[number],
  batch: BankBatch,
  { noise, counts }: Tensors,
): Candidates {
  return way === 'counted'
    ? countedBankCandidates(batch, counts as tf.Tensor2D)
    : drawnBankCandidates(batch, noise as tf.Tensor2D);
}

const irNce: GoldenFamily = (golden) => {
  const { inputs } = golden;
  const [x, bank] = [inputs['x'] as Matrix, inputs['bank'] as Matrix];
  const noise = noiseOf(golden);
  const sizes = { B: x.length, d: x[0]!.length, bank_size: bank.length, K: noise[0]!.length };
  honour(golden, ['temperature', 'Z', 'memory_momentum', 'eps'], sizes);
  const z = parameter(golden, 'Z');
  return waysToDraw.map((way) => ({
    title: way,
    free: { x },
    constants: { bank, ...(way === 'counted' && { counts: countsOf(noise, bank.length) }) },
    indices: {
      rows: inputs['indices'] as number[],
      ...(way === 'drawn' && { noise }),
    },
    scalars: {
      temperature: parameter(golden, 'temperature'),
      noiseRatio: sizes.K / sizes.bank_size,
      epsilon: parameter(golden, 'eps'),
      pictures: bank.length,
      momentum: parameter(golden, 'memory_momentum'),
      ...(z > 0 && { logZ: Math.log(z) }),
    },
    build: (tensors) => {
      const batch = tensors as unknown as BankBatch;
      const candidates = drawnCandidates(way, batch, tensors);
      const { temperature, noiseRatio, epsilon, pictures } = tensors as LossScalars;
      const logZ = tensors['logZ'] ?? logNormaliser(candidates, temperature!, pictures!);
      const output = binaryNce(candidates, {
        temperature: temperature!,
        logNormaliser: logZ,
        noiseRatio: noiseRatio!,
        epsilon: epsilon!,
      });
      return {
        loss: output.loss,
        perAnchor: output.perAnchorLoss,
        besides: {
          Z_used: tf.exp(logZ),
          new_memory_rows: updatedRows(batch, tensors['momentum']!),
        },
      };
    },
  }));
};

/** The official code's, where a file does not say. */
const officialEpsilon = 1e-7;

/** CMC by a softmax over each anchor's draws, or by binary NCE. */
const cmc =
  (form: 'softmax' | 'nce'): GoldenFamily =>
  (golden) => {
    const { inputs, params } = golden;
    const [l, ab] = [inputs['l'] as Matrix, inputs['ab'] as Matrix];
    const [memoryL, memoryAb] = [inputs['memory_l'] as Matrix, inputs['memory_ab'] as Matrix];
    const noise = noiseOf(golden);
    const n = memoryL.length;
    const sizes = { B: l.length, d: l[0]!.length, bank_size: n, K: noise[0]!.length };
    const known = ['temperature', 'memory_momentum', 'Z_l', 'Z_ab'];
    honour(golden, form === 'nce' ? [...known, 'eps'] : known, sizes);
    // A softmax does not change with Z. One that is not positive is that of the batch.
    const givenZ = (key: 'Z_l' | 'Z_ab'): Record<string, number> => {
      const z = form === 'nce' && key in params ? parameter(golden, key) : -1;
      return z > 0 ? { [key]: Math.log(z) } : {};
    };
    return waysToDraw.map((way) => ({
      title: way,
      free: { l, ab },
      constants: {
        memory_l: memoryL,
        memory_ab: memoryAb,
        ...(way === 'counted' && { counts: countsOf(noise, n) }),
      },
      indices: { rows: inputs['indices'] as number[], ...(way === 'drawn' && { noise }) },
      scalars: {
        temperature: parameter(golden, 'temperature'),
        momentum: parameter(golden, 'memory_momentum'),
        ...(form === 'nce' && {
          noiseRatio: sizes.K / n,
          epsilon: 'eps' in params ? parameter(golden, 'eps') : officialEpsilon,
          pictures: n,
          ...givenZ('Z_l'),
          ...givenZ('Z_ab'),
        }),
      },
      build: (tensors) => {
        const batchOf = (view: string, memory: string) =>
          ({ x: tensors[view], bank: tensors[memory], rows: tensors['rows'] }) as BankBatch;
        const sideOf = (view: string, memory: string, z: string) => {
          const candidates = drawnCandidates(way, batchOf(view, memory), tensors);
          const temperature = tensors['temperature'] as tf.Scalar;
          if (form === 'softmax') return { loss: infoNce(candidates, temperature).loss };
          const { noiseRatio, epsilon, pictures } = tensors as LossScalars;
          const logZ = tensors[z] ?? logNormaliser(candidates, temperature, pictures!);
          const scalars = { temperature, logNormaliser: logZ, noiseRatio: noiseRatio! };
          const { loss } = binaryNce(candidates, { ...scalars, epsilon: epsilon! });
          return { loss, z: { [`${z}_used`]: tf.exp(logZ) } };
        };
        const [ofL, ofAb] = [
          sideOf('l', 'memory_ab', 'Z_l'),
          sideOf('ab', 'memory_l', 'Z_ab'),
        ] as const;
        const updated = (view: string, memory: string) =>
          updatedRows(batchOf(view, memory), tensors['momentum']!);
        return {
          loss: tf.add(ofL.loss, ofAb.loss),
          besides: {
            loss_l: ofL.loss,
            loss_ab: ofAb.loss,
            ...ofL.z,
            ...ofAb.z,
            new_memory_l_rows: updated('l', 'memory_l'),
            new_memory_ab_rows: updated('ab', 'memory_ab'),
          },
        };
      },
    }));
  };

/** The rows of the ring of each anchor, the most similar first. */
function ringRows(x: Matrix, bank: Matrix, inner: number, outer: number): number[][] {
  return x.map((anchor) => {
    const similarity = bank.map((row) => dot(anchor, row));
    const order = [...bank.keys()].sort((a, b) => similarity[b]! - similarity[a]! || a - b);
    return order.slice(inner, outer);
  });
}

/** How often each element of the ring was drawn, elements in the order of their bank rows. */
function ringDraws(rings: Matrix, positions: Matrix): number[][] {
  return rings.map((ring, anchor) => {
    const inOrder = [...ring].sort((a, b) => a - b);
    const drawn = positions[anchor]!.map((position) => inOrder.indexOf(ring[position]!));
    return countsOf([drawn], ring.length)[0]!;
  });
}

const irRing: GoldenFamily = (golden) => {
  const { inputs } = golden;
  const [x, bank] = [inputs['x'] as Matrix, inputs['bank'] as Matrix];
  const positions = inputs['ring_sample_positions'] as Matrix;
  const own = flag(golden, 'self_negative', true) ? 1 : 0;
  const sizes = {
    B: x.length,
    d: x[0]!.length,
    bank_size: bank.length,
    k: positions[0]!.length + own,
  };
  honour(golden, [...ringParameters, 'memory_momentum'], sizes);
  const scalars = ringScalars(golden, bank.length);
  const rings = ringRows(x, bank, scalars['ringInnerRank']!, scalars['ringOuterRank']!);
  const loss: GoldenLoss = {
    free: { x },
    constants: { bank, ringDraws: ringDraws(rings, positions) },
    indices: { rows: inputs['indices'] as number[] },
    scalars: { ...scalars, momentum: parameter(golden, 'memory_momentum') },
    build: (tensors) => {
      const batch = tensors as unknown as BankBatch;
      const candidates = {
        ...bankCandidates(batch),
        // The official class may draw the picture's own row; our preset never does.
        isNegative: tf.ones([sizes.B, sizes.bank_size], 'bool'),
        ringDraws: tensors['ringDraws'] as tf.Tensor2D,
      };
      const output = officialRing(golden)(candidates, tensors as LossScalars);
      const newRows = updatedRows(batch, tensors['momentum']!);
      return {
        loss: output.loss,
        perAnchor: output.perAnchorLoss,
        besides: { new_memory_rows: newRows },
      };
    },
  };
  return [loss];
};

/** The losses of a batch against memory banks, by the files' names. */
export const bankLosses: Readonly<Record<string, GoldenFamily>> = {
  ir_nce: irNce,
  ir_ring: irRing,
  cmc_softmax: cmc('softmax'),
  cmc_nce: cmc('nce'),
};
