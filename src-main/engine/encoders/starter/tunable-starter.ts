import * as tf from '@tensorflow/tfjs';
import { tunableGraphModel, weightsBefore } from '../../networks/graph-model-weights.ts';
import type { TunableNetwork } from '../../networks/tuned-network.ts';
import { readStarterFiles } from './starter-files.ts';
import {
  loadBackbone,
  parseModel,
  starterDimensions,
  tappedRows,
  taps,
} from './starter-network.ts';

/** The block of MobileNetV3 that a weight belongs to, in the weight's name. */
const layerOfWeight = /(?:^|\/)(Conv|expanded_conv(?:_\d+)?|extern1)\//;

/** Four unit vectors side by side have length 2. */
const scale = 0.5;

/** Networks by the hash of their files: each is loaded once, because tfjs keeps its weights in memory. */
const loaded = new Map<string, Promise<tf.GraphModel>>();

/**
 * The starter encoder's network, to be trained further from any of its blocks on.
 * @throws EngineError not-found if its files cannot be read
 */
export async function tunableStarter(modelFolder: string): Promise<TunableNetwork> {
  const { modelJson, weightBytes, hash } = await readStarterFiles(modelFolder);
  const loading = loaded.get(hash) ?? loadBackbone(modelJson, weightBytes);
  loaded.set(hash, loading);
  const model = await loading;
  const outputs = taps.map(({ node }) => node);
  const nodes = parseModel(modelJson).modelTopology.node;
  const names = weightsBefore(outputs, nodes, model);
  return tunableGraphModel({
    ...{ hash, prefix: '' },
    layers: Map.groupBy(names, (name) => layerOfWeight.exec(name)?.[1] ?? ''),
    network: { dimensions: starterDimensions },
    graph: {
      ...{ model, nodes, outputs, input: model.inputs[0]?.name ?? '' },
      values: (pictures) => tf.cast(pictures, 'float32'),
      rows: (tapped) => tf.mul(tappedRows(tapped), scale),
      // Of a tap that is not trained its mean over the picture suffices.
      summary: (tapped) => tf.mean(tapped, [1, 2], true),
    },
  });
}
