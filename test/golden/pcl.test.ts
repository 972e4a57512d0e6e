import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidates } from '../../src-main/engine/losses/candidates.ts';
import { infoNce } from '../../src-main/engine/losses/info-nce.ts';
import { clusterSharpness } from '../../src-main/engine/training/sources/cluster-sharpness.ts';
import {
  prototypeCandidates,
  withInstances,
} from '../../src-main/engine/training/sources/prototype-candidates.ts';

interface PclCase {
  params: { temperature: number };
  inputs: {
    rows: number[][];
    of: number[];
    centres: number[][];
    own: number[];
    z1: number[][];
    z2: number[][];
  };
  expected: {
    concentrations: number[];
    prototype_loss: number;
    prototype_loss_without_concentration: number;
    loss: number;
  };
}

const { params, inputs, expected } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'p23_pcl_B4_d6_P5_t0.2.json'), 'utf8'),
) as PclCase;

function lossOf(candidates: (z1: tf.Tensor2D, z2: tf.Tensor2D) => Candidates): number {
  return tf.tidy(() => {
    const found = candidates(tf.tensor2d(inputs.z1), tf.tensor2d(inputs.z2));
    return infoNce(found, tf.scalar(params.temperature)).loss.dataSync()[0]!;
  });
}

function prototypes(sharpness?: tf.Tensor1D) {
  return {
    centres: tf.tensor2d(inputs.centres),
    own: tf.tensor1d(inputs.own, 'int32'),
    isClustered: tf.scalar(1),
    ...(sharpness && { sharpness }),
  };
}

describe('PCL', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  const width = inputs.centres[0]!.length;
  const sharpness = clusterSharpness(
    { vectors: Float32Array.from(inputs.rows.flat()), count: inputs.rows.length, width },
    Uint32Array.from(inputs.of),
    Float32Array.from(inputs.centres.flat()),
  );

  it('gives each cluster the temperature of the official code', () => {
    for (const [cluster, phi] of expected.concentrations.entries()) {
      expect(params.temperature / sharpness[cluster]!).toBeCloseTo(phi, 6);
    }
  });

  it('has the loss of the official code, with and without those temperatures', () => {
    const plain = lossOf((z1, z2) => prototypeCandidates(z1, z2, prototypes()));
    expect(plain).toBeCloseTo(expected.prototype_loss_without_concentration, 5);
    const own = lossOf((z1, z2) => prototypeCandidates(z1, z2, prototypes(tf.tensor1d(sharpness))));
    expect(own).toBeCloseTo(expected.prototype_loss, 5);
  });

  it('adds the instance term as the mean of twice as many anchors, times 2', () => {
    const both = lossOf((z1, z2) => withInstances(z1, z2, prototypes(tf.tensor1d(sharpness))));
    expect(2 * both).toBeCloseTo(expected.loss, 5);
  });
});
