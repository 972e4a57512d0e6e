import { Arithmetic, elementwise } from '../recorder/elementwise.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable, TracedKernel } from '../recorder/kernel-call.ts';
import { broadcastShapes, fillingNumber } from '../recorder/traced-value.ts';
import type { TracedValue } from '../recorder/traced-value.ts';

type Formula = (math: Arithmetic, a: TracedValue, b: TracedValue) => TracedValue;

function operands(call: KernelCall): [TracedValue, TracedValue] {
  return [input(call, 'a'), input(call, 'b')];
}

/** `value` with the shape that it broadcasts to against `other`; no node is recorded. */
function seenWith(value: TracedValue, other: TracedValue): TracedValue | undefined {
  const shape = broadcastShapes(value.shape, other.shape);
  if (value.channelsFirst && shape.length > 4) return undefined;
  return { ...value, shape };
}

/**
 * An arithmetic kernel. Where the right operand (or either one, if the operation commutes) is the
 * constant `neutral`, nothing is recorded.
 */
function arithmetic(operator: string, neutral?: number, commutes = false): TracedKernel {
  return (call) => {
    const [a, b] = operands(call);
    if (neutral !== undefined && !a.constant && fillingNumber(b) === neutral) {
      return seenWith(a, b) ?? elementwise(call.graph, operator, [a, b], a.dtype);
    }
    if (neutral !== undefined && commutes && !b.constant && fillingNumber(a) === neutral) {
      return seenWith(b, a) ?? elementwise(call.graph, operator, [a, b], a.dtype);
    }
    return elementwise(call.graph, operator, [a, b], a.dtype);
  };
}

function comparison(operator: string): TracedKernel {
  return (call) => elementwise(call.graph, operator, operands(call), 'bool');
}

function formula(compute: Formula): TracedKernel {
  return (call) => compute(new Arithmetic(call.graph), ...operands(call));
}

/** Python's modulus: the result has the divisor's sign. */
const modulus: TracedKernel = (call) => {
  const [a, b] = operands(call);
  if (a.dtype === 'int32') return elementwise(call.graph, 'Mod', [a, b], 'int32');
  const truncated = { fmod: { int: 1 } };
  const remainder = elementwise(call.graph, 'Mod', [a, b], a.dtype, truncated);
  const shifted = elementwise(call.graph, 'Add', [remainder, b], a.dtype);
  return elementwise(call.graph, 'Mod', [shifted, b], a.dtype, truncated);
};

/** Division rounded down. ONNX rounds integer division towards zero, so it is computed in float64. */
const floorDivision: TracedKernel = (call) => {
  const { graph } = call;
  const [a, b] = operands(call);
  const asDouble = (value: TracedValue): TracedValue => ({
    ...value,
    name: graph.emit('Cast', [value.name], { to: { int: 11 } }),
  });
  const isInteger = a.dtype === 'int32';
  const pair = isInteger ? [asDouble(a), asDouble(b)] : [a, b];
  const floor = elementwise(graph, 'Floor', [elementwise(graph, 'Div', pair, a.dtype)], a.dtype);
  return isInteger ? { ...floor, name: graph.cast(floor.name, 'int32') } : floor;
};

const select: TracedKernel = (call) => {
  const [condition, then, otherwise] = ['condition', 't', 'e'].map((name) => input(call, name)) as [
    TracedValue,
    TracedValue,
    TracedValue,
  ];
  return elementwise(call.graph, 'Where', [condition, then, otherwise], then.dtype);
};

const addMany: TracedKernel = (call) =>
  Object.values(call.inputs).reduce((sum, term) =>
    elementwise(call.graph, 'Add', [sum, term], term.dtype),
  );

/** Elementwise kernels of two or more operands. */
export const binaryKernels: KernelTable = {
  Add: arithmetic('Add', 0, true),
  Sub: arithmetic('Sub', 0),
  Multiply: arithmetic('Mul', 1, true),
  RealDiv: arithmetic('Div', 1),
  Maximum: arithmetic('Max'),
  Minimum: arithmetic('Min'),
  Pow: arithmetic('Pow'),
  Mod: modulus,
  FloorDiv: floorDivision,
  SquaredDifference: formula((math, a, b) => {
    const difference = math.apply('Sub', a, b);
    return math.apply('Mul', difference, difference);
  }),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  Equal: comparison('Equal'),
  NotEqual: formula((math, a, b) => math.test('Not', math.test('Equal', a, b))),
  LogicalAnd: comparison('And'),
  LogicalOr: comparison('Or'),
  LogicalXor: comparison('Xor'),
  Select: select,
  AddN: addMany,
  Prelu: (call) => {
    const math = new Arithmetic(call.graph);
    const [x, alpha] = [input(call, 'x'), input(call, 'alpha')];
    return math.where(math.test('Less', x, math.number(0)), math.apply('Mul', alpha, x), x);
  },
  EluGrad: (call) => {
    const math = new Arithmetic(call.graph);
    const [dy, y] = [input(call, 'dy'), input(call, 'y')];
    const isPositive = math.test('GreaterOrEqual', y, math.number(0));
    const slope = math.apply('Add', y, math.number(1));
    return math.where(isPositive, dy, math.apply('Mul', dy, slope));
  },
};
