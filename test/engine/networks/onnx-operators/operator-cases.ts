import type { OnnxAttribute } from '../../../../src-main/engine/onnx/onnx-messages.ts';

/** One use of an ONNX operator. */
export interface OperatorCase {
  readonly operator: string;
  readonly what?: string;
  /** Shapes of its operands; numbers of a setting, as whole numbers or as a float; null for one left out. */
  readonly inputs: readonly (readonly number[] | Setting | null)[];
  readonly with?: Readonly<Record<string, OnnxAttribute>>;
  /** 18 where left out. */
  readonly opset?: number;
  readonly outputs?: number;
  /** Makes the operands fit the operator's domain. */
  readonly values?: (value: number) => number;
  /** False where the result steps. */
  readonly hasGradient?: boolean;
}

export type Setting =
  | { readonly whole: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] };

const whole = (...values: number[]): Setting => ({ whole: values });
const float = (value: number): Setting => ({ float: value });
const ints = (...values: number[]): OnnxAttribute => ({ ints: values });
const int = (value: number): OnnxAttribute => ({ int: value });
const positive = (value: number): number => Math.abs(value) + 0.3;

const picture = [2, 4, 7, 6];
const tokens = [2, 5, 6];

const alone = (names: string, values?: OperatorCase['values']): OperatorCase[] =>
  names.split(' ').map((operator) => ({ operator, inputs: [tokens], ...(values && { values }) }));

const arithmetic = (names: string, values?: OperatorCase['values']): OperatorCase[] =>
  names.split(' ').flatMap((operator) => [
    { operator, inputs: [tokens, tokens], ...(values && { values }) },
    { operator, what: 'broadcast', inputs: [tokens, [5, 1]], ...(values && { values }) },
  ]);

export const elementwiseCases: OperatorCase[] = [
  ...alone(
    'Abs Erf Exp Neg Relu Sigmoid Sin Cos Softplus Tanh HardSwish Mish Identity Elu LeakyRelu',
  ),
  ...alone('Log Sqrt Reciprocal', positive),
  ...arithmetic('Add Sub Mul Max Min Sum'),
  ...arithmetic('Div Pow', positive),
  { operator: 'Pow', what: 'squared below 0', inputs: [tokens, float(2)] },
  { operator: 'Pow', what: 'cubed below 0', inputs: [tokens, float(3)] },
  { operator: 'PRelu', inputs: [picture, [4, 1, 1]] },
  {
    operator: 'HardSigmoid',
    inputs: [tokens],
    with: { alpha: { float: 0.17 }, beta: { float: 0.4 } },
  },
  { operator: 'Clip', inputs: [tokens, float(-0.61), float(0.83)] },
  { operator: 'Clip', what: 'from below', inputs: [tokens, float(-0.61)] },
  { operator: 'Gelu', inputs: [tokens], opset: 20 },
  {
    operator: 'Gelu',
    what: 'by tanh',
    inputs: [tokens],
    opset: 20,
    with: { approximate: { text: 'tanh' } },
  },
  { operator: 'Softmax', inputs: [tokens] },
  { operator: 'Softmax', what: 'of an inner axis', inputs: [tokens], with: { axis: int(1) } },
  { operator: 'Softmax', what: 'of opset 11', inputs: [tokens], opset: 11, with: { axis: int(1) } },
  { operator: 'LogSoftmax', inputs: [tokens] },
  { operator: 'Dropout', inputs: [tokens] },
  { operator: 'Floor', inputs: [tokens], hasGradient: false },
];

export const windowCases: OperatorCase[] = [
  { operator: 'Conv', inputs: [picture, [5, 4, 3, 3], [5]], with: { pads: ints(1, 1, 1, 1) } },
  {
    operator: 'Conv',
    what: 'strided',
    inputs: [picture, [5, 4, 3, 2]],
    with: { strides: ints(2, 2), pads: ints(1, 0, 0, 1) },
  },
  {
    operator: 'Conv',
    what: 'depthwise',
    inputs: [picture, [4, 1, 3, 3], [4]],
    with: { group: int(4), strides: ints(2, 2), pads: ints(1, 1, 1, 1) },
  },
  {
    operator: 'Conv',
    what: 'with two filters a channel',
    inputs: [picture, [8, 1, 3, 3]],
    with: { group: int(4) },
  },
  {
    operator: 'Conv',
    what: 'in groups',
    inputs: [picture, [6, 2, 3, 3], [6]],
    with: { group: int(2), pads: ints(1, 1, 1, 1) },
  },
  {
    operator: 'Conv',
    what: 'in patches',
    inputs: [
      [2, 3, 8, 8],
      [5, 3, 4, 4],
    ],
    with: { strides: ints(4, 4) },
  },
  {
    operator: 'Conv',
    what: 'SAME_UPPER',
    inputs: [picture, [5, 4, 3, 3]],
    with: { auto_pad: { text: 'SAME_UPPER' }, strides: ints(2, 2) },
  },
  {
    operator: 'Conv',
    what: 'SAME_LOWER',
    inputs: [picture, [5, 4, 2, 2]],
    with: { auto_pad: { text: 'SAME_LOWER' } },
  },
  {
    operator: 'Conv',
    what: 'VALID',
    inputs: [picture, [5, 4, 3, 3]],
    with: { auto_pad: { text: 'VALID' } },
  },
  {
    operator: 'MaxPool',
    inputs: [picture],
    with: { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(1, 1, 1, 1) },
  },
  {
    operator: 'MaxPool',
    what: 'rounded up',
    inputs: [picture],
    with: { kernel_shape: ints(2, 3), strides: ints(2, 2), ceil_mode: int(1) },
  },
  {
    operator: 'AveragePool',
    inputs: [picture],
    with: { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(1, 1, 1, 1) },
  },
  {
    operator: 'AveragePool',
    what: 'with its padding',
    inputs: [picture],
    with: { kernel_shape: ints(3, 3), pads: ints(1, 1, 1, 1), count_include_pad: int(1) },
  },
  {
    operator: 'AveragePool',
    what: 'of the whole',
    inputs: [picture],
    with: { kernel_shape: ints(7, 6) },
  },
  { operator: 'GlobalAveragePool', inputs: [picture] },
  { operator: 'GlobalMaxPool', inputs: [picture] },
];

export const matrixCases: OperatorCase[] = [
  { operator: 'MatMul', inputs: [tokens, [6, 3]] },
  {
    operator: 'MatMul',
    what: 'of two matrices',
    inputs: [
      [4, 6],
      [6, 3],
    ],
  },
  {
    operator: 'MatMul',
    what: 'in a batch',
    inputs: [
      [2, 3, 4, 5],
      [2, 3, 5, 2],
    ],
  },
  {
    operator: 'MatMul',
    what: 'broadcast',
    inputs: [
      [2, 3, 4, 5],
      [3, 5, 2],
    ],
  },
  { operator: 'MatMul', what: 'with a vector', inputs: [tokens, [6]] },
  { operator: 'MatMul', what: 'of a vector', inputs: [[6], [6, 3]] },
  { operator: 'Gemm', inputs: [[4, 6], [6, 3], [3]] },
  {
    operator: 'Gemm',
    what: 'turned and scaled',
    inputs: [
      [6, 4],
      [3, 6],
      [4, 3],
    ],
    with: { transA: int(1), transB: int(1), alpha: { float: 0.7 }, beta: { float: 1.3 } },
  },
  { operator: 'BatchNormalization', inputs: [picture, [4], [4], [4], [4]], values: positive },
  { operator: 'LayerNormalization', inputs: [tokens, [6], [6]] },
  {
    operator: 'LayerNormalization',
    what: 'of two axes',
    inputs: [tokens, [5, 6]],
    with: { axis: int(1), epsilon: { float: 0.01 } },
  },
  { operator: 'InstanceNormalization', inputs: [picture, [4], [4]] },
  { operator: 'LpNormalization', inputs: [tokens], with: { axis: int(-1), p: int(2) } },
  ...['ReduceMean', 'ReduceSum', 'ReduceMax', 'ReduceMin', 'ReduceL2', 'ReduceSumSquare'].flatMap(
    (operator) => [
      { operator, inputs: [tokens, whole(-1)] },
      {
        operator,
        what: 'without the axes',
        inputs: [tokens, whole(0, 2)],
        with: { keepdims: int(0) },
      },
      { operator, what: 'of all', inputs: [tokens] },
    ],
  ),
  {
    operator: 'ReduceMean',
    what: 'of opset 13',
    inputs: [tokens],
    with: { axes: ints(1) },
    opset: 13,
  },
];

function resized(
  mode: string,
  coordinates: string,
  more: Readonly<Record<string, OnnxAttribute>> = {},
): OperatorCase[] {
  const attributes = {
    mode: { text: mode },
    coordinate_transformation_mode: { text: coordinates },
    ...more,
  };
  const what = `${mode} by ${coordinates}`;
  const scales: Setting = { floats: [1, 1, 1.5, 0.7] };
  return [
    {
      operator: 'Resize',
      what,
      inputs: [picture, null, null, whole(2, 4, 5, 11)],
      with: attributes,
    },
    {
      operator: 'Resize',
      what: `${what}, scaled`,
      inputs: [picture, null, scales],
      with: attributes,
    },
  ];
}

export const shapeCases: OperatorCase[] = [
  { operator: 'Reshape', inputs: [tokens, whole(0, -1, 2)] },
  { operator: 'Transpose', inputs: [picture], with: { perm: ints(0, 2, 3, 1) } },
  { operator: 'Transpose', what: 'of all axes', inputs: [tokens] },
  { operator: 'Flatten', inputs: [picture], with: { axis: int(2) } },
  { operator: 'Squeeze', inputs: [[2, 1, 3, 1], whole(1)] },
  {
    operator: 'Squeeze',
    what: 'of opset 11',
    inputs: [[2, 1, 3, 1]],
    with: { axes: ints(-1) },
    opset: 11,
  },
  { operator: 'Unsqueeze', inputs: [tokens, whole(0, -1)] },
  { operator: 'Concat', inputs: [tokens, [2, 3, 6]], with: { axis: int(-2) } },
  { operator: 'Slice', inputs: [tokens, whole(1, -5), whole(2 ** 53, -1), whole(1, 2)] },
  {
    operator: 'Slice',
    what: 'in steps',
    inputs: [tokens, whole(1), whole(100), whole(1), whole(2)],
  },
  {
    operator: 'Slice',
    what: 'backwards',
    inputs: [tokens, whole(-1), whole(-(2 ** 53)), whole(2), whole(-2)],
  },
  {
    operator: 'Slice',
    what: 'of opset 9',
    inputs: [tokens],
    with: { starts: ints(1), ends: ints(3), axes: ints(1) },
    opset: 9,
  },
  { operator: 'Split', inputs: [tokens, whole(2, 4)], with: { axis: int(2) }, outputs: 2 },
  {
    operator: 'Split',
    what: 'in equal parts',
    inputs: [tokens],
    with: { axis: int(-1), num_outputs: int(3) },
    outputs: 3,
  },
  { operator: 'Gather', inputs: [tokens, whole(2, 0, 2, -1)], with: { axis: int(1) } },
  {
    operator: 'Gather',
    what: 'of neighbours',
    inputs: [tokens, whole(1, 2, 3)],
    with: { axis: int(2) },
  },
  { operator: 'Expand', inputs: [[1, 5, 1], whole(2, 5, 3)] },
  { operator: 'Expand', what: 'with more axes', inputs: [[5, 1], whole(2, 1, 3)] },
  { operator: 'Tile', inputs: [[1, 2, 3], whole(2, 1, 1)] },
  { operator: 'Tile', what: 'of more than one', inputs: [[2, 3], whole(1, 2)] },
  { operator: 'Pad', inputs: [picture, whole(0, 0, 1, 2, 0, 0, 0, 1), float(0.4)] },
  { operator: 'Where', inputs: [{ whole: [1, 0, 1, 1, 0, 1] }, tokens, [5, 1]] },
  ...resized('nearest', 'asymmetric', { nearest_mode: { text: 'floor' } }),
  ...resized('linear', 'half_pixel'),
  ...resized('linear', 'align_corners'),
  ...resized('cubic', 'pytorch_half_pixel'),
  { operator: 'Cast', inputs: [tokens], with: { to: int(1) } },
];
