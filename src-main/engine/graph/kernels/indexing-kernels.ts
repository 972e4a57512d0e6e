import { util } from '@tensorflow/tfjs';
import type {
  GatherV2Attrs,
  OneHotAttrs,
  ScatterNdAttrs,
  UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs';
import { Arithmetic } from '../recorder/elementwise.ts';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable } from '../recorder/kernel-call.ts';
import { plain } from '../recorder/layout.ts';
import { plainValue } from '../recorder/traced-value.ts';
import type { TracedType, TracedValue } from '../recorder/traced-value.ts';

/** Casts indices to int64, which GatherND and ScatterND require. */
function asInt64(graph: GraphRecorder, name: string): string {
  return graph.emit('Cast', [name], { to: { int: 7 } });
}

function gather(call: KernelCall): TracedValue {
  const { graph } = call;
  const { axis, batchDims } = call.attributes as GatherV2Attrs;
  const [x, indices] = [plain(graph, input(call, 'x')), plain(graph, input(call, 'indices'))];
  const [along = 0] = util.parseAxisParam(axis, [...x.shape]);
  const inner = indices.shape.slice(batchDims);
  const shape = [...x.shape.slice(0, along), ...inner, ...x.shape.slice(along + 1)];
  if (batchDims === 0) {
    const name = graph.emit('Gather', [x.name, indices.name], { axis: { int: along } });
    return plainValue(name, shape, x.dtype);
  }
  return batchGather(graph, x, indices, { along, batchDims, shape });
}

/** A gather whose indices differ along leading axes: the gathered axis is moved next to these. */
function batchGather(
  graph: GraphRecorder,
  x: TracedValue,
  indices: TracedValue,
  { along, batchDims, shape }: { along: number; batchDims: number; shape: readonly number[] },
): TracedValue {
  const between = along - batchDims;
  const axes = [...x.shape.keys()];
  const toFront = [...axes.slice(0, batchDims), along, ...axes.slice(batchDims, along)];
  const perm = [...toFront, ...axes.slice(along + 1)];
  const moved =
    between === 0 ? x.name : graph.emit('Transpose', [x.name], { perm: { ints: perm } });
  const column = graph.reshape(indices.name, indices.shape, [...indices.shape, 1]);
  const gathered = graph.emit('GatherND', [moved, asInt64(graph, column)], {
    batch_dims: { int: batchDims },
  });
  if (between === 0) return plainValue(gathered, shape, x.dtype);
  const inner = indices.shape.length - batchDims;
  const order = [...shape.keys()].map((axis) => {
    if (axis < batchDims || axis >= along + inner) return axis;
    return axis < along ? axis + inner : axis - between;
  });
  const name = graph.emit('Transpose', [gathered], { perm: { ints: order } });
  return plainValue(name, shape, x.dtype);
}

function gatherNd(call: KernelCall): TracedValue {
  const { graph } = call;
  const [x, indices] = [plain(graph, input(call, 'params')), plain(graph, input(call, 'indices'))];
  const depth = indices.shape.at(-1) ?? 0;
  const name = graph.emit('GatherND', [x.name, asInt64(graph, indices.name)]);
  return plainValue(name, [...indices.shape.slice(0, -1), ...x.shape.slice(depth)], x.dtype);
}

function scattered(
  graph: GraphRecorder,
  base: TracedValue,
  indices: string,
  updates: TracedValue,
  reduction: 'add' | 'none',
): TracedValue {
  const inputs = [plain(graph, base).name, asInt64(graph, indices), updates.name];
  const name = graph.emit('ScatterND', inputs, { reduction: { text: reduction } });
  return plainValue(name, base.shape, base.dtype);
}

function scatterNd(call: KernelCall): TracedValue {
  const { graph } = call;
  const [indices, updates] = ['indices', 'updates'].map((name) =>
    plain(graph, input(call, name)),
  ) as [TracedValue, TracedValue];
  const { shape } = call.attributes as ScatterNdAttrs;
  const zeros = graph.filled(0, shape, updates.dtype);
  return scattered(graph, zeros, indices.name, updates, 'add');
}

function scatterUpdate(call: KernelCall): TracedValue {
  const { graph } = call;
  const [tensor, indices, updates] = ['tensor', 'indices', 'updates'].map((name) =>
    plain(graph, input(call, name)),
  ) as [TracedValue, TracedValue, TracedValue];
  return scattered(graph, tensor, indices.name, updates, 'none');
}

function segmentSum(call: KernelCall): TracedValue {
  const { graph } = call;
  const [x, ids] = [plain(graph, input(call, 'x')), plain(graph, input(call, 'segmentIds'))];
  const { numSegments } = call.attributes as UnsortedSegmentSumAttrs;
  const zeros = graph.filled(0, [numSegments, ...x.shape.slice(ids.shape.length)], x.dtype);
  const column = graph.reshape(ids.name, ids.shape, [...ids.shape, 1]);
  return scattered(graph, zeros, column, x, 'add');
}

function oneHot(call: KernelCall): TracedValue {
  const { graph } = call;
  const { depth, onValue, offValue, dtype } = call.attributes as OneHotAttrs;
  const indices = plain(graph, input(call, 'indices'));
  const columnShape = [...indices.shape, 1];
  const column = plainValue(
    graph.reshape(indices.name, indices.shape, columnShape),
    columnShape,
    'int32',
  );
  const classes = graph.constant(
    Int32Array.from({ length: depth }, (_, i) => i),
    [depth],
    'int32',
  );
  const math = new Arithmetic(graph);
  const type = (dtype as TracedType | undefined) ?? 'float32';
  const [on, off] = [graph.filled(onValue, [], type), graph.filled(offValue, [], type)];
  return math.where(math.test('Equal', column, classes), on, off);
}

/** Kernels that pick, scatter and mark elements by index. */
export const indexingKernels: KernelTable = {
  GatherV2: gather,
  GatherNd: gatherNd,
  ScatterNd: scatterNd,
  TensorScatterUpdate: scatterUpdate,
  UnsortedSegmentSum: segmentSum,
  OneHot: oneHot,
};
