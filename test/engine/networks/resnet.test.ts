import * as tf from '@tensorflow/tfjs';
import { statisticUpdates } from '../../../src-main/engine/networks/batch-norm.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolution } from '../../../src-main/engine/networks/convolution.ts';
import { encode, trainableEncoders } from '../../../src-main/engine/networks/trainable-encoder.ts';
import {
  flatLength,
  packWeights,
  startValues,
  unpackWeights,
} from '../../../src-main/engine/networks/weights.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const { resnet8, resnet18 } = trainableEncoders;

/** Cross-correlation with symmetric zero padding, as torch's Conv2d counts pixels. */
function naiveConvolution(x: number[][], kernel: number[][], stride: number): number[][] {
  const reach = (kernel.length - 1) / 2;
  const out: number[][] = [];
  for (let row = 0; row < x.length; row += stride) {
    const line: number[] = [];
    for (let column = 0; column < x.length; column += stride) {
      let sum = 0;
      for (const [i, weights] of kernel.entries()) {
        for (const [j, weight] of weights.entries()) {
          sum += weight * (x[row + i - reach]?.[column + j - reach] ?? 0);
        }
      }
      line.push(sum);
    }
    out.push(line);
  }
  return out;
}

describe('resnet', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('has as many weights as the same nets in torch', () => {
    // The sum of p.numel() of bench/torch_step.py's net.
    expect(flatLength(resnet8.specs, 'trainable')).toBe(332_768);
    // torchvision's resnet18 (11,689,512) less fc and the 7x7 stem, with a 3x3 stem and the head.
    const head = 512 * 512 + 2 * 512 + 512 * 128 + 128;
    const body = 11_689_512 - 513_000 - 9408 + 1728;
    expect(flatLength(resnet18.specs, 'trainable')).toBe(body + head);
  });

  it('pads as torch does, also at stride 2', () => {
    const random = seedRandom(2);
    const matrix = (side: number) =>
      Array.from({ length: side }, () => Array.from({ length: side }, () => random.normal()));
    const [picture, kernel] = [matrix(6), matrix(3)];
    for (const stride of [1, 2]) {
      const weights = { 'c.weight': tf.tensor4d(kernel.flat(), [3, 3, 1, 1]) };
      const x = tf.tensor4d(picture.flat(), [1, 6, 6, 1]);
      const found = convolution(x, 'c', weights, stride).squeeze([0, 3]).arraySync() as number[][];
      const expected = naiveConvolution(picture, kernel, stride);
      for (const [index, value] of expected.flat().entries()) {
        expect(found.flat()[index]).toBeCloseTo(value, 4);
      }
    }
  });

  it('gives h and z of the stated lengths and puts every running statistic into the updates', () => {
    const random = seedRandom(1);
    const flat = (kind: 'trainable' | 'statistic') =>
      tf.tensor1d(startValues(resnet8.specs, kind, random));
    const weights = {
      ...unpackWeights(resnet8.specs, 'trainable', flat('trainable')),
      ...unpackWeights(resnet8.specs, 'statistic', flat('statistic')),
    };
    const updates = statisticUpdates();
    const images = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 3], 0, 1, 'float32', 3);
    const { features, projected } = encode(resnet8, images, weights, updates);
    expect(features.shape).toEqual([2, 128]);
    expect(projected.shape).toEqual([2, 64]);
    const statistics = resnet8.specs.filter(({ kind }) => kind === 'statistic');
    expect(Object.keys(updates.moved).sort()).toEqual(statistics.map(({ name }) => name).sort());
    expect([...features.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it('starts convolutions with He deviation over fan out, and packs what it unpacks', () => {
    const values = startValues(resnet8.specs, 'trainable', seedRandom(4));
    const unpacked = unpackWeights(resnet8.specs, 'trainable', tf.tensor1d(values));
    const filter = unpacked['block3.conv2.weight']!;
    const deviation = tf.moments(filter).variance.sqrt().dataSync()[0]!;
    expect(deviation).toBeCloseTo(Math.sqrt(2 / (9 * 128)), 3);
    expect(packWeights(resnet8.specs, 'trainable', unpacked).dataSync()).toEqual(values);
  });
});
