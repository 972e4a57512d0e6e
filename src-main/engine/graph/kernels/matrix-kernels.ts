import type { BatchMatMulAttrs, _FusedMatMulAttrs } from '@tensorflow/tfjs';
import { elementwise } from '../recorder/elementwise.ts';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable } from '../recorder/kernel-call.ts';
import { plain } from '../recorder/layout.ts';
import { broadcastShapes, plainValue } from '../recorder/traced-value.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { activation } from './activation.ts';

/** The value with its last two axes exchanged. */
function transposed(graph: GraphRecorder, value: TracedValue): TracedValue {
  const rank = value.shape.length;
  const order = [...value.shape.keys()];
  const perm = [...order.slice(0, rank - 2), rank - 1, rank - 2];
  const name = graph.emit('Transpose', [value.name], { perm: { ints: perm } });
  const shape = perm.map((axis) => value.shape[axis] ?? 1);
  return plainValue(name, shape, value.dtype);
}

function product(call: KernelCall): TracedValue {
  const { graph } = call;
  const { transposeA, transposeB } = call.attributes as BatchMatMulAttrs;
  const [a, b] = [plain(graph, input(call, 'a')), plain(graph, input(call, 'b'))];
  const rows = a.shape.at(transposeA ? -1 : -2) ?? 1;
  const columns = b.shape.at(transposeB ? -2 : -1) ?? 1;
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape = [...batch, rows, columns];
  if (a.shape.length === 2 && b.shape.length === 2) {
    const attributes = {
      transA: { int: transposeA ? 1 : 0 },
      transB: { int: transposeB ? 1 : 0 },
    };
    return plainValue(graph.emit('Gemm', [a.name, b.name], attributes), shape, 'float32');
  }
  const left = transposeA ? transposed(graph, a) : a;
  const right = transposeB ? transposed(graph, b) : b;
  return plainValue(graph.emit('MatMul', [left.name, right.name]), shape, 'float32');
}

/** Matrix products. */
export const matrixKernels: KernelTable = {
  BatchMatMul: product,
  _FusedMatMul: (call) => {
    const { bias } = call.inputs;
    const result = product(call);
    const sum = bias ? elementwise(call.graph, 'Add', [result, bias], 'float32') : result;
    const attributes = call.attributes as _FusedMatMulAttrs;
    return activation(call, sum, attributes.activation, attributes.leakyreluAlpha);
  },
};
