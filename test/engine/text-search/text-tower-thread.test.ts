import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TextTower } from '../../../src-main/engine/text-search/find-text-tower.ts';
import { TextTowerThread } from '../../../src-main/engine/text-search/text-tower-thread.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { twoTowers } from './two-towers.ts';

function tower(encoder: string): TextTower {
  const folder = twoTowers(join(temporaryFolder(), encoder));
  const model = join(folder, 'onnx/text_model.onnx');
  return { encoder, model, folder, family: 'clip', output: /text_embed/, dimensions: 3 };
}

it('gives up a text for one of another tower, whose thread it leaves alone', async () => {
  const thread = new TextTowerThread();
  const [first, second] = [tower('first'), tower('second')];
  const [given, found] = await Promise.allSettled([
    thread.encode(first, 'red'),
    thread.encode(second, 'red'),
  ]);
  expect(given).toHaveProperty('reason.message', 'The search was given up for another one.');
  expect(found).toHaveProperty('value.vector.length', 3);
  const again = await thread.encode(first, 'red');
  expect(again.vector[0]).toBeGreaterThan(0.8);
  await thread.close();
});
