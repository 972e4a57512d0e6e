import * as tf from '@tensorflow/tfjs';
import type { KernelCase } from './compare-devices.ts';

type T = tf.Tensor;
const positive = (value: number): number => Math.abs(value) + 0.1;
const inside = (value: number): number => value / 2;

function unary(names: string, values?: (value: number) => number): KernelCase[] {
  return names.split(' ').map((name) => ({
    name,
    shapes: [[2, 5]],
    build: (x) => (tf as unknown as Record<string, (x: T) => T>)[name]!(x),
    ...(values ? { values } : {}),
  }));
}

/** tfjs's own gradients of these do not sum over broadcast axes. */
const broadcastsForwardOnly = ['maximum', 'minimum', 'squaredDifference'];

function binary(names: string, values?: (value: number) => number): KernelCase[] {
  return names.split(' ').flatMap((name) => {
    const hasGradient = !broadcastsForwardOnly.includes(name);
    const build = (a: T, b: T): T =>
      (tf as unknown as Record<string, (a: T, b: T) => T>)[name]!(a, b);
    const more = values ? { values } : {};
    return [
      {
        name,
        shapes: [
          [2, 3],
          [2, 3],
        ],
        build,
        ...more,
      },
      {
        name: `${name} broadcasting`,
        shapes: [
          [2, 1, 3],
          [4, 1],
        ],
        build,
        hasGradient,
        ...more,
      },
    ];
  });
}

function plain(name: string, shape: number[], build: (x: T) => T | T[]): KernelCase {
  return { name, shapes: [shape], build };
}

function forward(name: string, shape: number[], build: (x: T) => T | T[]): KernelCase {
  return { name, shapes: [shape], build, hasGradient: false };
}

const int = (values: number[], shape?: number[]): T => tf.tensor(values, shape, 'int32');

export const elementwiseCases: KernelCase[] = [
  ...unary('abs neg sign square exp expm1 sin cos tan sinh cosh tanh atan asinh floor ceil round'),
  ...unary('sigmoid relu relu6 elu selu softplus softmax logSoftmax erf zerosLike onesLike clone'),
  ...unary('log log1p sqrt rsqrt reciprocal', positive),
  ...unary('asin acos atanh', inside),
  ...unary('acosh', (value) => positive(value) + 1),
  ...binary('add sub mul div maximum minimum squaredDifference mod floorDiv'),
  ...binary('pow', positive),
  ...['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual'].map((name) => ({
    name,
    shapes: [
      [2, 3],
      [2, 3],
    ],
    hasGradient: false,
    build: (a: T, b: T) =>
      (tf as unknown as Record<string, (a: T, b: T) => T>)[name]!(tf.round(a), tf.round(b)),
  })),
  plain('clipByValue', [7], (x) => tf.clipByValue(x, -0.5, 0.7)),
  plain('step', [7], (x) => tf.step(x)),
  plain('step with slope', [7], (x) => tf.step(x, 0.3)),
  plain('step of relu', [7], (x) => tf.step(tf.relu(x))),
  plain('leakyRelu', [7], (x) => tf.leakyRelu(x, 0.1)),
  { name: 'prelu', shapes: [[2, 3], [3]], build: (x, alpha) => tf.prelu(x, alpha) },
  {
    name: 'where',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    build: (a, b) => tf.where(tf.tensor([true, false, true]), a, b),
  },
  forward('logical', [9], (x) => {
    const [a, b] = [tf.greater(x, 0), tf.less(tf.abs(x), 0.8)];
    return [tf.logicalAnd(a, b), tf.logicalOr(a, b), tf.logicalXor(a, b), tf.logicalNot(a)];
  }),
  forward('casts', [9], (x) => [
    tf.cast(tf.mul(x, 3), 'int32'),
    tf.cast(tf.round(x), 'bool'),
    tf.cast(tf.cast(tf.mul(x, 3), 'int32'), 'float32'),
  ]),
  forward('integers', [6], (x) => {
    const [a, b] = [tf.cast(tf.mul(x, 10), 'int32'), int([3, -2, 4, 5, -3, 2])];
    return [tf.add(a, b), tf.mul(a, b), tf.floorDiv(a, b), tf.mod(a, b), tf.maximum(a, b)];
  }),
  forward('tests of numbers', [4], (x) => {
    const y = tf.div(x, tf.tensor1d([0, 1, 2, 0]));
    return [tf.isFinite(y), tf.isInf(y), tf.isNaN(tf.sub(y, y))];
  }),
  { name: 'addN', shapes: [[3], [3], [3]], build: (...terms) => tf.addN(terms) },
  plain('neutral elements', [2, 3], (x) => tf.div(tf.sub(tf.mul(tf.add(x, 0), 1), 0), 1)),
  plain('ones broadcast', [3], (x) => tf.sum(tf.mul(tf.ones([4, 3]), x), 0)),
];

export const reductionCases: KernelCase[] = [
  ...['sum', 'mean', 'max', 'min', 'logSumExp'].flatMap((name) => {
    const reduce = (tf as unknown as Record<string, (x: T, axis?: unknown, keep?: boolean) => T>)[
      name
    ]!;
    return [
      plain(`${name} of all`, [2, 3, 4], (x) => reduce(x)),
      plain(`${name} of an axis`, [2, 3, 4], (x) => reduce(x, 1)),
      plain(`${name} kept`, [2, 3, 4], (x) => reduce(x, [0, 2], true)),
    ];
  }),
  forward('prod', [2, 3, 4], (x) => [tf.prod(x), tf.prod(x, 1), tf.prod(x, [0, 2], true)]),
  forward('all, any', [3, 4], (x) => [tf.all(tf.greater(x, -1), 1), tf.any(tf.greater(x, 1), 0)]),
  forward('argMax, argMin', [3, 4], (x) => [tf.argMax(x, 1), tf.argMin(x, 0)]),
  forward('topk', [3, 5], (x) => {
    const { values, indices } = tf.topk(x, 3);
    return [values, indices];
  }),
  plain('cumsum', [2, 4], (x) => tf.cumsum(x, 1)),
  plain('cumsum reversed', [2, 4], (x) => tf.cumsum(x, 1, true, true)),
  forward('sum of a mask', [3, 4], (x) => tf.sum(tf.greater(x, 0))),
  plain('moments', [4, 3, 3, 2], (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return [mean, variance];
  }),
];

export const shapeCases: KernelCase[] = [
  plain('reshape', [2, 6], (x) => tf.mul(tf.reshape(x, [3, -1]), tf.reshape(x, [3, 4]))),
  plain('expandDims, squeeze', [2, 3], (x) => tf.squeeze(tf.mul(tf.expandDims(x, 0), 3), [0])),
  plain('transpose', [2, 3, 4], (x) => tf.transpose(x, [2, 0, 1])),
  plain('tile', [2, 3], (x) => tf.tile(x, [2, 2])),
  {
    name: 'concat',
    shapes: [
      [2, 3],
      [2, 2],
    ],
    build: (a, b) => tf.concat([a, b], 1),
  },
  {
    name: 'stack',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    build: (a, b) => tf.stack([a, b], 1),
  },
  plain('unstack', [2, 3], (x) => tf.unstack(x, 1)),
  plain('split', [2, 6], (x) => tf.split(x, [1, 2, 3], 1)),
  plain('slice', [3, 4], (x) => tf.slice(x, [1, 0], [2, 3])),
  forward('stridedSlice', [5, 6], (x) => [
    tf.stridedSlice(x, [1, 0], [5, 6], [2, 3]),
    tf.stridedSlice(x, [4, -1], [-6, 0], [-2, -1]),
    tf.stridedSlice(x, [1, 2], [2, 5], [1, 1], 0, 0, 0, 0, 1),
  ]),
  plain('pad', [2, 3], (x) =>
    tf.pad(
      x,
      [
        [1, 0],
        [2, 1],
      ],
      0.5,
    ),
  ),
  plain('mirrorPad', [3, 4], (x) =>
    tf.mirrorPad(
      x,
      [
        [1, 2],
        [0, 1],
      ],
      'reflect',
    ),
  ),
  forward('mirrorPad symmetric', [3, 4], (x) =>
    tf.mirrorPad(
      x,
      [
        [1, 2],
        [0, 1],
      ],
      'symmetric',
    ),
  ),
  plain('reverse', [3, 4], (x) => tf.reverse(x, 1)),
  plain('broadcastTo', [3, 1], (x) => tf.mul(tf.broadcastTo(x, [2, 3, 4]), 2)),
  plain('gather', [4, 3], (x) => tf.gather(x, int([2, 0, 2]))),
  plain('gather an axis', [2, 4, 3], (x) => tf.gather(x, int([3, 1]), 1)),
  forward('gather by batch', [2, 4, 3], (x) => [
    tf.gather(x, int([3, 1, 0, 2], [2, 2]), 1, 1),
    tf.gather(x, int([2, 1, 0, 2], [2, 2]), 2, 1),
  ]),
  forward('gatherND, scatterND', [3, 2], (x) => [
    tf.gatherND(x, int([2, 1, 0, 0], [2, 2])),
    tf.scatterND(int([3, 0, 3], [3, 1]), x, [5, 2]),
  ]),
  plain('unsortedSegmentSum', [4, 2], (x) =>
    tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1, 2], 'int32'), 4),
  ),
  forward('oneHot', [4], (x) => tf.oneHot(tf.cast(tf.abs(tf.mul(x, 2)), 'int32'), 4, 0.9, 0.1)),
  plain('fill', [2], (x) => tf.mul(x, tf.fill([3, 2], 0.5))),
  plain('range', [4], (x) => tf.mul(x, tf.range(0, 4))),
  {
    name: 'matMul',
    shapes: [
      [2, 3],
      [3, 4],
    ],
    build: (a, b) => tf.matMul(a, b),
  },
  ...[
    [true, false],
    [false, true],
    [true, true],
  ].map(([left, right]) => ({
    name: `matMul transposed ${String(left)} ${String(right)}`,
    shapes: [left ? [3, 2] : [2, 3], right ? [4, 3] : [3, 4]],
    build: (a: T, b: T) => tf.matMul(a, b, left, right),
  })),
  {
    name: 'matMul of batches',
    shapes: [
      [2, 2, 3],
      [2, 4, 3],
    ],
    build: (a, b) => tf.matMul(a, b, false, true),
  },
];
