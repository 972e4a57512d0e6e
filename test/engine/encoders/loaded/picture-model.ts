import { ints } from './test-models.ts';
import type { TestModel } from './write-onnx.ts';

/** Gives its own input, [batch, 3, height, width], as a row that ends with 1. */
export const pictureModel: TestModel = {
  inputs: [
    {
      name: 'pixel_values',
      type: 'float32',
      shape: ['batch_size', 'num_channels', 'height', 'width'],
    },
  ],
  outputs: [{ name: 'features', type: 'float32', shape: ['batch_size', 'length'] }],
  tensors: [ints('pads', [0, 0, 0, 1]), { name: 'one', dims: [], values: Float32Array.of(1) }],
  nodes: [
    { op: 'Flatten', in: ['pixel_values'], out: ['row'] },
    { op: 'Pad', in: ['row', 'pads', 'one'], out: ['features'] },
  ],
};
