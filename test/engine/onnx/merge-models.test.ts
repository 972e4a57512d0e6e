import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { mergeModels } from '../../../src-main/engine/onnx/merge-models.ts';
import { decodeModel, encodeModel } from '../../../src-main/engine/onnx/model-message.ts';

const value = (name: string, elemType = 1) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: [{ dimParam: 'n' }, { dimValue: 4 }] } } },
});
const node = (opType: string, input: string[], output: string, more: object = {}) => ({
  ...{ opType, input, output: [output], name: opType },
  ...more,
});
const model = (graph: object, opset = 18) =>
  decodeModel(
    encodeModel({
      irVersion: 8,
      opsetImport: [
        { domain: 'ai.onnx', version: opset },
        { domain: 'com.microsoft', version: 1 },
      ],
      graph,
    }),
  );

/** Reads the input and the weights of the graph around it, under names that other parts have, too. */
const branch = (opType: string) => ({
  name: opType,
  node: [
    node('ReduceMean', ['px'], 'm', { attribute: [{ name: 'axes', ints: [1], type: 7 }] }),
    node(opType, ['m', 'weights'], 'value_1'),
  ],
  output: [value('value_1')],
});

it('keeps names apart in branches too, numbers in their own fields, other domains, and drops what is not read', async () => {
  const before = {
    node: [node('Cast', ['images'], 'value_1', { attribute: [{ name: 'to', i: 1, type: 2 }] })],
    input: [value('images', 2)],
    output: [value('value_1')],
  };
  const encoder = {
    node: [
      node('If', ['cond'], 'value_1', {
        attribute: [
          { name: 'then_branch', type: 5, g: branch('Add') },
          { name: 'else_branch', type: 5, g: branch('Mul') },
        ],
      }),
      node('BiasGelu', ['value_1', 'zeros'], 'features', { domain: 'com.microsoft' }),
      node('MatMul', ['px', 'classifier'], 'classes'),
    ],
    // Old exporters list the weights among the inputs.
    input: [value('px'), value('weights')],
    output: [value('features'), value('classes')],
    initializer: [
      {
        ...{ name: 'weights', dims: [4], dataType: 1 },
        floatData: new Uint8Array(Float32Array.of(1, 2, 30, 40).buffer),
      },
      { name: 'zeros', dims: [4], dataType: 1, rawData: new Uint8Array(16) },
      { name: 'classifier', dims: [4, 4], dataType: 1, rawData: new Uint8Array(64) },
      { name: 'cond', dims: [], dataType: 9, int32Data: Uint8Array.of(1) },
    ],
  };
  const after = {
    node: [node('Identity', ['given'], 'h')],
    input: [value('given')],
    output: [value('h')],
  };
  const merged = mergeModels({
    name: 'merged',
    parts: [
      { prefix: 'a/', model: model({ name: 'a', ...before }), unprefixed: ['images'] },
      { prefix: 'b/', model: model({ name: 'b', ...encoder }, 13) },
      { prefix: 'c/', model: model({ name: 'c', ...after }), unprefixed: ['h'] },
    ],
    links: [
      { from: 'a/value_1', to: 'b/px', elementType: 1 },
      { from: 'b/features', to: 'c/given', elementType: 1 },
    ],
    metadata: {},
  });
  const { graph } = decodeModel(merged);
  expect(graph.initializer.map(({ name }) => name)).toEqual(['b/weights', 'b/zeros', 'b/cond']);
  expect(graph.node.map(({ opType }) => opType)).not.toContain('MatMul');
  const session = await InferenceSession.create(merged);
  const images = new Tensor('uint8', Uint8Array.of(10, 20, 30, 60), [1, 4]);
  const { h } = await session.run({ images });
  // Their mean is 30; a Gelu leaves what is that large as it is.
  expect([...(h!.data as Float32Array)]).toEqual([31, 32, 60, 70]);
});
