import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import type { TracedValue } from '../recorder/traced-value.ts';

/**
 * A depthwise filter of tfjs, [height, width, channels, multiplier], as ONNX has it for as many groups as
 * channels: [channels · multiplier, 1, height, width].
 */
export function groupedWeights(graph: GraphRecorder, { name, shape }: TracedValue): string {
  const [height = 1, width = 1, channels = 1, multiplier = 1] = shape;
  const moved = graph.emit('Transpose', [name], { perm: { ints: [2, 3, 0, 1] } });
  const from = [channels, multiplier, height, width];
  return graph.reshape(moved, from, [channels * multiplier, 1, height, width]);
}
