import type { GraphRecorder } from './graph-recorder.ts';

/** More numbers side by side are moved by a Transpose. */
const mostPlanes = 4;

/**
 * Numbers that stand side by side, such as the colours of a pixel, as planes: [parts, positions, planes] to
 * [parts, planes, positions]. A convolution with kernels of a single one, a fourth of the time of
 * ONNX Runtime's Transpose, which moves one number at a time. Null where a Transpose has to do it.
 */
export function asPlanes(
  graph: GraphRecorder,
  name: string,
  [parts, positions, planes]: readonly [number, number, number],
): string | null {
  const isFew = planes > 1 && planes <= mostPlanes;
  if (graph.channelBlock === 0 || !isFew || graph.isConstant(name)) return null;
  const ones = new Float32Array(planes * planes);
  for (let plane = 0; plane < planes; plane++) ones[plane * planes + plane] = 1;
  const kernels = graph.constant(ones, [planes, 1, 1, planes], 'float32').name;
  const row = graph.reshape(name, [], [parts, 1, 1, positions * planes]);
  const stride = { strides: { ints: [1, planes] } };
  return graph.emit('Conv', [row, kernels], stride);
}
