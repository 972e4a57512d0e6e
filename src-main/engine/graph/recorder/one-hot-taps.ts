import type { OnnxAttribute } from '../../onnx/onnx-messages.ts';
import type { GraphRecorder } from './graph-recorder.ts';

/** More numbers side by side are moved by a Transpose. */
const mostPlanes = 4;

/**
 * What each tap of a window sees, channel by channel: [N, C, H, W] to [N, C · taps, outHeight,
 * outWidth], the taps of a channel row by row. A convolution with kernels of a single one, because it
 * copies on all threads, where ONNX Runtime's Slice and Concat copy on one.
 */
export function seenByTaps(
  graph: GraphRecorder,
  x: string,
  channels: number,
  [height, width]: readonly [number, number],
  attributes: Readonly<Record<string, OnnxAttribute>>,
): string {
  const taps = height * width;
  const ones = new Float32Array(channels * taps * taps);
  for (let row = 0; row < channels * taps; row += 1) ones[row * taps + (row % taps)] = 1;
  const shape = [channels * taps, 1, height, width];
  const { name, stored } = graph.constant(ones, shape, 'float32');
  // The kernels of a single tap are all ones, which are stored as one number.
  const kernels = stored.length === 0 ? graph.emit('Expand', [name, graph.ints(shape)]) : name;
  return graph.emit('Conv', [x, kernels], { ...attributes, group: { int: channels } });
}

/**
 * Numbers that stand side by side, such as the colours of a pixel, as planes: [parts, positions, planes] to
 * [parts, planes, positions], in half of the time of ONNX Runtime's Transpose, which moves one number at a
 * time on one thread. Null where a Transpose has to do it.
 */
export function asPlanes(
  graph: GraphRecorder,
  name: string,
  [parts, positions, planes]: readonly [number, number, number],
): string | null {
  const isFew = planes > 1 && planes <= mostPlanes;
  if (graph.channelBlock === 0 || !isFew || graph.isConstant(name)) return null;
  const row = graph.reshape(name, [], [parts, 1, 1, positions * planes]);
  return seenByTaps(graph, row, 1, [1, planes], { strides: { ints: [1, planes] } });
}
