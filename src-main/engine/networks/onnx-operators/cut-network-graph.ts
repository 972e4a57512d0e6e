import * as tf from '@tensorflow/tfjs';
import { crossingValues } from '../crossing-values.ts';
import type { NetworkCut } from '../network-cut.ts';
import { probedCut } from '../probed-cut.ts';
import type { Weights } from '../weights.ts';
import { runNodes } from './network-graph.ts';
import type { NetworkGraph } from './network-graph.ts';

/** What comes before and after the graph of a network that is cut. */
interface AroundGraph {
  /** The graph's input from pictures of 0 to 255. */
  readonly values: (pictures: tf.Tensor4D) => tf.Tensor4D;
  /** The weights that are trained, by their names in the graph. */
  readonly trained: (weights: Weights) => ReadonlyMap<string, tf.Tensor>;
  /** The features from the graph's output. */
  readonly rows: (output: tf.Tensor) => tf.Tensor2D;
}

/** An ONNX graph cut before the weights of these names, for pictures of a side in pixels. */
export function cutNetworkGraph(
  graph: NetworkGraph,
  names: readonly string[],
  { values, trained, rows }: AroundGraph,
  side: number,
): NetworkCut {
  const { tensors, shapes, ...nodes } = crossingValues({
    steps: graph.nodes,
    ...{ pictures: graph.input, outputs: [graph.output], trained: new Set(names) },
  });
  const run = (
    part: NetworkGraph['nodes'],
    wanted: readonly string[],
    pictures: tf.Tensor4D,
  ): tf.Tensor[] => {
    const input = values(pictures);
    return runNodes({ ...graph, nodes: part }, wanted, input, [[graph.input, input]]);
  };
  return probedCut(
    {
      ...{ tensors, shapes },
      before: (pictures) => run(nodes.before, tensors, pictures),
      probe: (pictures) => {
        const found = run(nodes.beforeShapes, [...tensors, ...shapes], pictures);
        return { tensors: found.slice(0, tensors.length), shapes: found.slice(tensors.length) };
      },
      after: (given, weights) => {
        const [output] = runNodes(
          { ...graph, nodes: nodes.after },
          [graph.output],
          counted(given.get(tensors[0] ?? '')),
          [...trained(weights), ...given],
        );
        if (!output) throw new Error('The part after the cut gives nothing.');
        return rows(output);
      },
    },
    side,
  );
}

/** A number of each picture, in the place of pictures of which only their number is used. */
function counted(tensor: tf.Tensor | undefined): tf.Tensor4D {
  if (!tensor) throw new Error('Nothing crosses the cut.');
  const [count = 0] = tensor.shape;
  const rows = tf.reshape(tensor, [count, tensor.size / count]);
  return tf.reshape(tf.slice(rows, [0, 0], [count, 1]), [count, 1, 1, 1]);
}
