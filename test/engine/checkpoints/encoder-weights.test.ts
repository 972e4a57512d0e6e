import { expect, it } from 'vitest';
import { encodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import {
  decodeWeights,
  namedWeights,
} from '../../../src-main/engine/checkpoints/encoder-weights.ts';
import { trainableEncoders } from '../../../src-main/engine/networks/trainable-encoder.ts';
import { flatLength } from '../../../src-main/engine/networks/weights.ts';

const encoder = trainableEncoders.resnet8;
const numbered = (kind: 'trainable' | 'statistic'): Float32Array =>
  Float32Array.from({ length: flatLength(encoder.specs, kind) }, (_, index) => index);
const flat = { weights: numbered('trainable'), statistics: numbered('statistic') };

it('names the weights and statistics in the order of the specs, and finds them again in any order', () => {
  const tensors = namedWeights(encoder, flat);
  expect(tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(
    encoder.specs.map(({ name, shape }) => ({ name, shape })),
  );
  // The stem is 3 x 3 x 3 x 32, then its batch norm's weight; running statistics count on their own.
  expect(tensors[0]!.values).toEqual(flat.weights.subarray(0, 864));
  expect(tensors[1]!.values).toEqual(flat.weights.subarray(864, 896));
  expect(tensors.find(({ name }) => name === 'stem.bn.running_mean')!.values).toEqual(
    flat.statistics.subarray(0, 32),
  );
  const bytes = encodeCheckpoint({ tensors: tensors.toReversed(), metadata: {} });
  expect(decodeWeights(encoder, bytes)).toEqual(flat);
});

it('refuses a file that lacks a weight', () => {
  const tensors = namedWeights(encoder, flat).slice(1);
  expect(() => decodeWeights(encoder, encodeCheckpoint({ tensors, metadata: {} }))).toThrow(
    'lacks the weight stem.conv.weight',
  );
});
