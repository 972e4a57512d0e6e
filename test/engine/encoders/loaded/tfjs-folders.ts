import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { temporaryFolder } from '../../store/temporary-library.ts';

/** A small classifier of 4 classes, written as model.json and weights.bin by tfjs itself. */
export async function layersFolder(): Promise<string> {
  await tf.setBackend('cpu');
  const folder = join(temporaryFolder(), 'classifier');
  mkdirSync(folder);
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [32, 32, 3], filters: 8, kernelSize: 3, strides: 2 }),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({ name: 'features' }),
      tf.layers.dense({ units: 4, activation: 'softmax', name: 'classes' }),
    ],
  });
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      const { modelTopology, weightSpecs, weightData } = artifacts;
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      const json = JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest });
      writeFileSync(join(folder, 'model.json'), json);
      writeFileSync(join(folder, 'weights.bin'), Buffer.from(weightData as ArrayBuffer));
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const },
      });
    }),
  );
  return folder;
}
