import type { OnnxAttribute } from '../../onnx/onnx-messages.ts';
import { plain } from '../recorder/layout.ts';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';

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
  const kernels = graph.constant(ones, [channels * taps, 1, height, width], 'float32');
  return graph.emit('Conv', [x, plain(graph, kernels).name], {
    ...attributes,
    group: { int: channels },
  });
}
