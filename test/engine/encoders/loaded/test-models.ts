import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import type { TestModel, TestNode, TestTensor, TestValue } from './write-onnx.ts';

/** Side of the pictures that the small models take. */
export const side = 32;
const width = 16;

export function weights(
  name: string,
  dims: readonly number[],
  seed: number,
  scale = 0.3,
): TestTensor {
  const random = seedRandom(seed);
  const length = dims.reduce((product, dim) => product * dim, 1);
  return { name, dims, values: Float32Array.from({ length }, () => scale * random.normal()) };
}

export const ints = (name: string, values: readonly number[]): TestTensor => ({
  name,
  dims: [values.length],
  values: BigInt64Array.from(values, BigInt),
});

export const pixels = (shape: TestValue['shape'] = ['batch', 3, side, side]): TestValue => ({
  name: 'pixel_values',
  type: 'float32',
  shape,
});

const node = (
  op: string,
  inputs: readonly string[],
  out: string,
  attributes: TestNode['with'] = {},
): TestNode => ({ op, in: inputs, out: [out], with: attributes });

/** Convolution, relu, mean over the picture: [batch, 16]. */
export function convNet(from = 'pixel_values', seed = 1): Pick<TestModel, 'nodes' | 'tensors'> {
  return {
    tensors: [weights('filters', [width, 3, 3, 3], seed)],
    nodes: [
      node('Conv', [from, 'filters'], 'conv', { strides: [2, 2], pads: [1, 1, 1, 1] }),
      node('Relu', ['conv'], 'relu'),
      node('GlobalAveragePool', ['relu'], 'pool'),
      node('Flatten', ['pool'], 'features'),
    ],
  };
}

export const featuresOutput = (shape: TestValue['shape'] = ['batch', width]): TestValue => ({
  name: 'features',
  type: 'float32',
  shape,
});

export const convModel: TestModel = {
  inputs: [pixels()],
  outputs: [featuresOutput()],
  ...convNet(),
};

/** Patches, [CLS], self-attention with a residual: last_hidden_state [batch, 5, 16] and a pooler. */
export const vitModel: TestModel = {
  inputs: [pixels(['batch_size', 'num_channels', 'height', 'width'])],
  outputs: [
    { name: 'last_hidden_state', type: 'float32', shape: ['batch_size', 5, width] },
    { name: 'pooler_output', type: 'float32', shape: ['batch_size', width] },
  ],
  tensors: [
    weights('patch', [width, 3, 16, 16], 2, 0.05),
    weights('cls', [1, 1, width], 3),
    ...['q', 'k', 'v'].map((name, index) => weights(name, [width, width], 4 + index)),
    weights('dense', [width, width], 9),
    ints('toTokens', [0, width, 4]),
    ints('zero', [0]),
    ints('rest', [1, width]),
  ],
  nodes: [
    node('Conv', ['pixel_values', 'patch'], 'patches', { strides: [16, 16] }),
    node('Reshape', ['patches', 'toTokens'], 'columns'),
    node('Transpose', ['columns'], 'tokens', { perm: [0, 2, 1] }),
    node('Shape', ['tokens'], 'shape'),
    node('Gather', ['shape', 'zero'], 'batch'),
    node('Concat', ['batch', 'rest'], 'clsShape', { axis: 0 }),
    node('Expand', ['cls', 'clsShape'], 'allCls'),
    node('Concat', ['allCls', 'tokens'], 'x', { axis: 1 }),
    node('MatMul', ['x', 'q'], 'queries'),
    node('MatMul', ['x', 'k'], 'keys'),
    node('MatMul', ['x', 'v'], 'values'),
    node('Transpose', ['keys'], 'turned', { perm: [0, 2, 1] }),
    node('MatMul', ['queries', 'turned'], 'scores'),
    node('Softmax', ['scores'], 'attention', { axis: -1 }),
    node('MatMul', ['attention', 'values'], 'mixed'),
    node('Add', ['x', 'mixed'], 'last_hidden_state'),
    node('Gather', ['last_hidden_state', 'zero'], 'first', { axis: 1 }),
    node('Squeeze', ['first', 'one'], 'class'),
    node('MatMul', ['class', 'dense'], 'densed'),
    node('Tanh', ['densed'], 'pooler_output'),
  ],
};
(vitModel.tensors as TestTensor[]).push(ints('one', [1]));

/** The conv net in half floats. */
export const halfModel: TestModel = {
  inputs: [{ ...pixels(), type: 'float16' }],
  outputs: [{ ...featuresOutput(), type: 'float16' }],
  nodes: convModel.nodes,
  tensors: convModel.tensors.map((tensor) => ({
    ...tensor,
    values: new Uint16Array(new Float16Array(tensor.values as Float32Array).buffer),
  })),
};

/** Bytes, pictures x height x width x 3, scaled inside; 8 x 8 places of features out. */
export const bytesModel: TestModel = {
  inputs: [{ name: 'images', type: 'uint8', shape: ['n', side, side, 3] }],
  outputs: [{ name: 'places', type: 'float32', shape: ['n', 16, 16, width] }],
  tensors: convModel.tensors,
  nodes: [
    node('Cast', ['images'], 'floats', { to: 1 }),
    node('Transpose', ['floats'], 'planes', { perm: [0, 3, 1, 2] }),
    ...convNet('planes').nodes.slice(0, 2),
    node('Transpose', ['relu'], 'places', { perm: [0, 2, 3, 1] }),
  ],
};

/** As exporters of opset 11 write it: axes and parts as attributes, a softmax over the last of two sides. */
export const oldModel: TestModel = {
  inputs: [pixels()],
  outputs: [{ name: 'squeezed', type: 'float32', shape: ['batch', 'half'] }],
  opset: 11,
  tensors: convNet().tensors,
  nodes: [
    ...convNet().nodes.slice(0, 2),
    node('ReduceMean', ['relu'], 'mean', { axes: [2, 3], keepdims: 0 }),
    { op: 'Split', in: ['mean'], out: ['left', 'right'], with: { axis: 1 } },
    node('Softmax', ['left'], 'shares', { axis: 1 }),
    node('Mul', ['shares', 'right'], 'product'),
    node('Unsqueeze', ['product'], 'unsqueezed', { axes: [2] }),
    node('Squeeze', ['unsqueezed'], 'squeezed', { axes: [2] }),
  ],
};

/** Opset 11's softmax is over all sides from its axis on; since 13 it is over that one. */
export const oldSoftmaxModel: TestModel = {
  ...convModel,
  opset: 11,
  nodes: [
    ...convNet().nodes.slice(0, 2),
    node('Softmax', ['relu'], 'shares', { axis: 1 }),
    node('GlobalAveragePool', ['shares'], 'pool'),
    node('Flatten', ['pool'], 'features'),
  ],
};
