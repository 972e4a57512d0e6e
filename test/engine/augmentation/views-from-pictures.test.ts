import { describe, expect, it } from 'vitest';
import { augmentationPresets } from '../../../src-main/contract/augmentations.ts';
import {
  cropNumbers,
  drawAugmentation,
} from '../../../src-main/engine/augmentation/augmentation-draws.ts';
import { cropViews } from '../../../src-main/engine/pictures/crop-views.ts';
import type { CropSource } from '../../../src-main/engine/pictures/crop-views.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const { settings } = augmentationPresets.simclr;
const size = 16;

/** A picture whose details are as strong at every scale: a sum of noises of 1, 2, 4 … pixels. */
function noise(width: number, height: number): CropSource {
  const random = seedRandom(3);
  const values = new Float64Array(width * height);
  for (let cell = 1; cell <= 32; cell *= 2) {
    const across = Math.ceil(width / cell);
    const cells = Array.from({ length: across * Math.ceil(height / cell) }, () => random.normal());
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        values[y * width + x]! += cells[Math.floor(y / cell) * across + Math.floor(x / cell)]!;
      }
    }
  }
  const rgb = new Uint8Array(width * height * 3);
  for (const [index, value] of values.entries()) {
    const byte = Math.max(0, Math.min(255, Math.round(128 + 20 * value)));
    rgb.fill(byte, 3 * index, 3 * index + 3);
  }
  return { kind: 'source', width, height, rgb };
}

/** The mean square of the difference of neighbours in a row. */
function sharpness(view: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index + 3 < view.length; index += 3) {
    if ((index / 3) % size === size - 1) continue;
    sum += (view[index]! - view[index + 3]!) ** 2;
  }
  return sum;
}

function ranks(values: number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const found = new Array<number>(values.length).fill(0);
  for (const [rank, index] of order.entries()) found[index] = rank;
  return found;
}

/** Spearman's rank correlation of values without ties. */
function rankCorrelation(a: number[], b: number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const squares = x.reduce((sum, rank, index) => sum + (rank - y[index]!) ** 2, 0);
  return 1 - (6 * squares) / (a.length * (a.length ** 2 - 1));
}

describe('views cropped from a picture at its own size', () => {
  it('do not show by their sharpness how large the crop is', () => {
    const source = noise(120, 80);
    const { crops } = drawAugmentation(300, settings, seedRandom(1), () => 120 / 80);
    const { images } = cropViews(() => source, crops, size);
    const length = size * size * 3;
    const views = Array.from({ length: 300 }, (_, view) => view);
    const areas = views.map((view) =>
      Math.abs(crops[view * cropNumbers + 2]! * crops[view * cropNumbers + 3]!),
    );
    const sharp = views.map((view) =>
      sharpness(images.subarray(view * length, (view + 1) * length)),
    );
    expect(Math.abs(rankCorrelation(areas, sharp))).toBeLessThan(0.35);
  });

  it('leave the crop of a square of their own size to the graph', () => {
    const rgb = Uint8Array.from({ length: size * size * 3 }, (_, index) => index % 256);
    const { crops } = drawAugmentation(5, settings, seedRandom(1));
    const cropped = cropViews(() => ({ kind: 'square', rgb }), crops, size);
    expect(cropped.crops).toEqual(crops);
    expect([...cropped.images]).toEqual([...rgb, ...rgb, ...rgb, ...rgb, ...rgb]);
  });
});

describe('crops drawn of a picture that is no square', () => {
  it.each([0.4, 1, 1.5, 3])('have the areas and shapes of the settings at aspect %d', (aspect) => {
    const { crops } = drawAugmentation(2000, settings, seedRandom(2), () => aspect);
    for (let at = 0; at < crops.length; at += cropNumbers) {
      const [top, left, height, width] = crops.subarray(
        at,
        at + cropNumbers,
      ) as unknown as number[];
      const across = Math.abs(width!);
      const start = width! < 0 ? left! - across : left!;
      for (const share of [top!, start, 1 - top! - height!, 1 - start - across]) {
        expect(share).toBeGreaterThan(-1e-6);
      }
      expect(height! * across).toBeGreaterThanOrEqual(0.08 - 1e-6);
      const shape = (aspect * across) / height!;
      expect(shape).toBeGreaterThan(3 / 4 - 1e-5);
      expect(shape).toBeLessThan(4 / 3 + 1e-5);
    }
  });

  it('are the largest allowed shape in the middle where no drawn one fits', () => {
    const whole = { ...settings, cropScaleMin: 1, flipProbability: 0 };
    const long = drawAugmentation(1, whole, seedRandom(2), () => 4);
    // Of a picture of 4 to 1 a crop of 4 to 3: a third of its width, from a third on.
    expect([...long.crops]).toEqual([0, 1 / 3, 1, 1 / 3].map(Math.fround));
    const high = drawAugmentation(1, whole, seedRandom(2), () => 1 / 4);
    // Of one of 1 to 4 a crop of 3 to 4: a third of its height.
    expect([...high.crops]).toEqual([1 / 3, 0, 1 / 3, 1].map(Math.fround));
  });
});
