import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import type { TracedValue } from '../recorder/traced-value.ts';

/** A filter [height, width, …] turned by 180 degrees. */
export function turned(graph: GraphRecorder, { name, shape }: TracedValue): string {
  const [height = 1, width = 1] = shape;
  if (height * width === 1) return name;
  const lists = [
    [height - 1, width - 1],
    [Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
    [0, 1],
    [-1, -1],
  ];
  return graph.emit('Slice', [name, ...lists.map((list) => graph.ints(list))]);
}
