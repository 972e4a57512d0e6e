import { join } from 'node:path';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { jsonMutations } from '../mutations/json-mutations.ts';
import { textMutations } from '../mutations/text-mutations.ts';
import { graphFolder, layersFolder } from '../../engine/encoders/loaded/tfjs-folders.ts';
import { changedSample, sampleOf } from './one-file.ts';
import type { Sample } from './one-file.ts';
import { runEncoder } from './run-encoder.ts';

const [model, weights] = ['model.json', 'weights.bin'];

export const tfjsFormat: FuzzFormat = {
  name: 'tfjs',
  title: 'TensorFlow.js models (model.json and weights)',
  async open(scratch) {
    const folders = [await layersFolder(scratch), graphFolder(scratch)];
    const [models, weightFiles] = [model, weights].map((path, index) =>
      folders.map((folder): Sample => {
        const other = index === 0 ? weights : model;
        return { ...sampleOf(folder, path), beside: { [other]: sampleOf(folder, other).bytes } };
      }),
    );
    const textual = { ...jsonMutations, ...jsonMutations, ...textMutations };
    return {
      make: (random) => {
        const kind = random.index(8);
        if (kind === 0) return changedSample(weightFiles ?? [], byteMutations, random);
        return changedSample(models ?? [], kind < 3 ? textual : jsonMutations, random);
      },
      read: (folder) => runEncoder(join(folder, model)),
    };
  },
};
