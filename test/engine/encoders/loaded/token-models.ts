import { ints, pixels, side, weights } from './test-models.ts';
import type { TestModel, TestNode } from './write-onnx.ts';

/** Length of a token. */
export const tokenLength = 16;

/**
 * Tokens of 16 x 16 patches of a picture of any size, after `before` learnt ones: [CLS], registers, or
 * none. The file leaves their number open, as exporters do.
 */
export function tokenModel(before: number, isFree = true): TestModel {
  const sides = isFree ? (['height', 'width'] as const) : ([side, side] as const);
  const patches: TestNode[] = [
    { op: 'Conv', in: ['pixel_values', 'patch'], out: ['map'], with: { strides: [16, 16] } },
    { op: 'Reshape', in: ['map', 'flat'], out: ['columns'] },
    { op: 'Transpose', in: ['columns'], out: ['patches'], with: { perm: [0, 2, 1] } },
  ];
  const learnt: TestNode[] = [
    { op: 'Shape', in: ['patches'], out: ['shape'] },
    { op: 'Gather', in: ['shape', 'zero'], out: ['batch'] },
    { op: 'Concat', in: ['batch', 'rest'], out: ['learntShape'], with: { axis: 0 } },
    { op: 'Expand', in: ['learnt', 'learntShape'], out: ['allLearnt'] },
    // As attention does it: what stands before the patches depends on them.
    { op: 'ReduceMean', in: ['patches', 'tokenAxis'], out: ['mean'] },
    { op: 'Add', in: ['allLearnt', 'mean'], out: ['before'] },
    { op: 'Concat', in: ['before', 'patches'], out: ['last_hidden_state'], with: { axis: 1 } },
  ];
  return {
    inputs: [pixels(['batch_size', 3, ...sides])],
    outputs: [
      { name: 'last_hidden_state', type: 'float32', shape: ['batch_size', 'tokens', tokenLength] },
    ],
    tensors: [
      weights('patch', [tokenLength, 3, 16, 16], 2, 0.05),
      ints('flat', [0, tokenLength, -1]),
      ...(before === 0
        ? []
        : [
            weights('learnt', [1, before, tokenLength], 3),
            ints('zero', [0]),
            ints('tokenAxis', [1]),
            ints('rest', [before, tokenLength]),
          ]),
    ],
    nodes:
      before === 0
        ? [...patches, { op: 'Identity', in: ['patches'], out: ['last_hidden_state'] }]
        : [...patches, ...learnt],
  };
}
