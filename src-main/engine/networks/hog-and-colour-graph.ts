import * as tf from '@tensorflow/tfjs';
import { unitRows } from '../numeric/unit-row-tensor.ts';
import { colourHistogramsGraph } from './colour-histograms-graph.ts';
import { coloursScale, gradientsScale } from './hog-and-colour.ts';
import { orientedGradientsGraph } from './oriented-gradients-graph.ts';

/**
 * `hogAndColour` as tfjs operations, which can be written as ONNX: unit rows [n, `hogDimensions`] of
 * pictures [n, 48, 48, 3] of 0 to 255.
 */
export function hogAndColourGraph(pictures: tf.Tensor4D): tf.Tensor2D {
  const gradients = tf.mul(unitRows(orientedGradientsGraph(pictures)), gradientsScale);
  const colours = tf.mul(unitRows(colourHistogramsGraph(pictures)), coloursScale);
  return unitRows(tf.concat<tf.Tensor2D>([gradients as tf.Tensor2D, colours as tf.Tensor2D], 1));
}
