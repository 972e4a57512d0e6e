import { join } from 'node:path';
import { openTextTower } from '../../../src-main/engine/text-search/open-text-tower.ts';
import type { FuzzFormat } from '../fuzz-format.ts';
import { jsonMutations } from '../mutations/json-mutations.ts';
import { textMutations } from '../mutations/text-mutations.ts';
import { twoTowers } from '../../engine/text-search/two-towers.ts';
import { changedSample, sampleOf } from './one-file.ts';

const model = 'onnx/text_model.onnx';
const changed = ['tokenizer.json', 'tokenizer.json', 'tokenizer_config.json', 'config.json'];

export const textTowerFormat: FuzzFormat = {
  name: 'text-tower',
  title: 'Tokenizers (tokenizer.json and its settings)',
  open(scratch) {
    const home = twoTowers(scratch);
    const files = Object.fromEntries(
      [model, ...changed].map((path) => [path, sampleOf(home, path).bytes]),
    );
    const samples = changed.map((path) => ({ ...sampleOf(home, path), beside: files }));
    const textual = { ...jsonMutations, ...textMutations };
    return Promise.resolve({
      make: (random) =>
        changedSample(samples, random.index(5) === 0 ? textual : jsonMutations, random),
      read: async (folder) => {
        const tower = await openTextTower({
          ...{ encoder: 'clip', model: join(folder, model), folder, family: 'clip' },
          ...{ output: /text_embed/, dimensions: 3 },
        });
        await tower.encode('A red picture, and then a green and a blue picture 🐦');
      },
    });
  },
};
