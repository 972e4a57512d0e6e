import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveAugmentation } from '../../../src-main/contract/augmentations.ts';
import { augmentedViews } from '../../../src-main/engine/augmentation/augmentation.ts';
import { drawAugmentation } from '../../../src-main/engine/augmentation/augmentation-draws.ts';
import { cropViews } from '../../../src-main/engine/pictures/crop-views.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { ViewDrawer } from '../../../src-main/engine/augmentation/view-drawer.ts';

const size = 12;
const random = seedRandom(2);
const picture = Uint8Array.from({ length: size * size * 3 }, () => random.index(256));
const square = { kind: 'square', rgb: picture } as const;
const source = {
  aspect: 1,
  crop: (crops: Float32Array) => cropViews(() => square, crops, size),
};
const nothing = {
  cropScaleMin: 1,
  cropRatioMin: 1,
  cropRatioMax: 1,
  flipProbability: 0,
  jitterProbability: 0,
  grayscaleProbability: 0,
};

describe('drawn views', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it("are those of training's graph, also after other sizes, counts and blurs", async () => {
    const drawer = new ViewDrawer();
    for (const [preset, count, seed] of [
      ['simclr', 1, 3],
      ['moco-v2', 2, 4],
      ['hcl', 2, 5],
      ['hcl', 2, 6],
    ] as const) {
      const settings = resolveAugmentation(preset, {});
      const found = await drawer.draw({ ...source, size, count, settings, seed });
      const { crops, colours } = drawAugmentation(2 * count, settings, seedRandom(seed));
      const images = tf.tensor(
        Array.from({ length: count }, () => [...picture]).flat(),
        [count, size, size, 3],
        'int32',
      );
      const wanted = augmentedViews(
        images,
        tf.tensor2d(crops, [2 * count, 4]),
        tf.tensor2d(colours, [2 * count, 6]),
        settings,
      ).dataSync();
      expect(found).toHaveLength(wanted.length);
      const far = [...found].filter((byte, index) => Math.abs(byte - 255 * wanted[index]!) > 0.51);
      expect(far).toEqual([]);
    }
  });

  it('are the picture itself where nothing changes it', async () => {
    const settings = resolveAugmentation('simclr', nothing);
    const drawn = await new ViewDrawer().draw({ ...source, size, count: 1, settings, seed: 1 });
    expect(drawn).toEqual(Uint8Array.of(...picture, ...picture));
  });
});
