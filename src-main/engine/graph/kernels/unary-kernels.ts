import type { CastAttrs, ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs';
import { Arithmetic, elementwise } from '../recorder/elementwise.ts';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input, unsupported } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable, TracedKernel } from '../recorder/kernel-call.ts';
import type { TracedType, TracedValue } from '../recorder/traced-value.ts';

type Formula = (math: Arithmetic, x: TracedValue, attributes: unknown) => TracedValue;

function unary(operator: string): TracedKernel {
  return (call) => {
    const x = input(call, 'x');
    return elementwise(call.graph, operator, [x], x.dtype);
  };
}

function formula(compute: Formula): TracedKernel {
  return (call) => compute(new Arithmetic(call.graph), input(call, 'x'), call.attributes);
}

const identity: TracedKernel = (call) => input(call, 'x');

/**
 * log(1 + x) without loss of precision for small x: x · log(u) / (u − 1) with u = 1 + x (Goldberg 1991,
 * theorem 4).
 */
function log1p(math: Arithmetic, x: TracedValue): TracedValue {
  const one = math.number(1);
  const u = math.apply('Add', x, one);
  const difference = math.apply('Sub', u, one);
  const logarithm = math.apply('Log', u);
  const corrected = math.apply('Div', math.apply('Mul', logarithm, x), difference);
  const isExact = math.test('Equal', difference, x);
  const large = math.where(isExact, logarithm, corrected);
  return math.where(math.test('Equal', difference, math.number(0)), x, large);
}

/** exp(x) − 1 without loss of precision for small x: (u − 1) · x / log(u) with u = exp(x) (Kahan). */
function expm1(math: Arithmetic, x: TracedValue): TracedValue {
  const one = math.number(1);
  const u = math.apply('Exp', x);
  const difference = math.apply('Sub', u, one);
  const corrected = math.apply('Div', math.apply('Mul', difference, x), math.apply('Log', u));
  const small = math.where(math.test('Equal', u, one), x, corrected);
  const isSmall = math.test('Less', math.apply('Abs', x), math.number(0.5));
  return math.where(isSmall, small, difference);
}

/** alpha · (exp(x) − 1) below zero, scale · x above. */
function exponentialLinear(alpha: number, scale: number): TracedKernel {
  return formula((math, x) => {
    const below = math.apply('Mul', math.number(alpha), expm1(math, x));
    const above = scale === 1 ? x : math.apply('Mul', math.number(scale), x);
    return math.where(math.test('GreaterOrEqual', x, math.number(0)), above, below);
  });
}

/**
 * Zero at zero and one above. On the cpu min(1, 3e38 · y), which is one pass on all threads; below 3e-39,
 * where float32 has no full precision, it is below one. Elsewhere a comparison: WebGPU has no `Sign`.
 */
function stepOfRectified(y: TracedValue, graph: GraphRecorder): TracedValue {
  if (graph.channelBlock === 0 || y.dtype !== 'float32') {
    const isAbove = new Arithmetic(graph).test('Greater', y, graph.filled(0, [], y.dtype));
    return { ...isAbove, name: graph.cast(isAbove.name, y.dtype), dtype: y.dtype };
  }
  const steep = { alpha: { float: 3e38 }, beta: { float: 0 } };
  return { ...y, name: graph.emit('HardSigmoid', [y.name], steep) };
}

function step(call: KernelCall): TracedValue {
  const { graph } = call;
  const x = input(call, 'x');
  const { alpha } = call.attributes as StepAttrs;
  const math = new Arithmetic(graph);
  // The gradient of relu needs this; the forward pass has recorded the rectified value.
  if (alpha === 0) return stepOfRectified(math.apply('Relu', x), graph);
  const isPositive = math.test('Greater', x, graph.filled(0, [], x.dtype));
  const [one, below] = [graph.filled(1, [], x.dtype), graph.filled(alpha, [], x.dtype)];
  return math.where(isPositive, one, below);
}

function cast(call: KernelCall): TracedValue {
  const x = input(call, 'x');
  const { dtype } = call.attributes as CastAttrs;
  if (dtype === x.dtype) return x;
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw unsupported(call, `casts to ${dtype}`);
  }
  return { ...x, name: call.graph.cast(x.name, dtype), dtype };
}

function clip(math: Arithmetic, x: TracedValue, attributes: unknown): TracedValue {
  const { clipValueMin, clipValueMax } = attributes as ClipByValueAttrs;
  return math.apply('Clip', x, math.number(clipValueMin), math.number(clipValueMax));
}

function leakyRelu(math: Arithmetic, x: TracedValue, attributes: unknown): TracedValue {
  const slope = math.number((attributes as LeakyReluAttrs).alpha);
  const isNegative = math.test('Less', x, math.number(0));
  return math.where(isNegative, math.apply('Mul', slope, x), x);
}

function softplus(math: Arithmetic, x: TracedValue): TracedValue {
  const decay = math.apply('Exp', math.apply('Neg', math.apply('Abs', x)));
  return math.apply('Add', math.apply('Max', x, math.number(0)), log1p(math, decay));
}

function filledLike(value: number): TracedKernel {
  return (call) => {
    const { shape, dtype } = input(call, 'x');
    return call.graph.filled(value, shape, dtype);
  };
}

function isFinite(math: Arithmetic, x: TracedValue): TracedValue {
  const isNotFinite = math.test('Or', math.test('IsNaN', x), math.test('IsInf', x));
  return math.test('Not', isNotFinite);
}

const test = (operator: string): TracedKernel => formula((math, x) => math.test(operator, x));

const sameInOnnx = 'Abs Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Erf Exp Floor Log Neg'
  .concat(' Reciprocal Relu Round Sigmoid Sign Sin Sinh Sqrt Tan Tanh')
  .split(' ');

const seluAlpha = 1.7580993408473768;
const seluScale = 1.0507009873554805;

/** Elementwise kernels of one operand. */
export const unaryKernels: KernelTable = {
  ...Object.fromEntries(sameInOnnx.map((operator) => [operator, unary(operator)])),
  Identity: identity,
  Cast: cast satisfies (call: KernelCall) => TracedValue,
  Square: formula((math, x) => math.apply('Mul', x, x)),
  Rsqrt: formula((math, x) => math.apply('Reciprocal', math.apply('Sqrt', x))),
  Log1p: formula(log1p),
  Expm1: formula(expm1),
  Softplus: formula(softplus),
  Relu6: formula((math, x) => clip(math, x, { clipValueMin: 0, clipValueMax: 6 })),
  Elu: exponentialLinear(1, 1),
  Selu: exponentialLinear(seluAlpha, seluScale),
  LeakyRelu: formula(leakyRelu),
  ClipByValue: formula(clip),
  Step: step,
  LogicalNot: test('Not'),
  IsNan: test('IsNaN'),
  IsInf: test('IsInf'),
  IsFinite: formula(isFinite),
  ZerosLike: filledLike(0),
  OnesLike: filledLike(1),
} satisfies Record<string, TracedKernel> & Partial<Record<TracedType, never>>;
