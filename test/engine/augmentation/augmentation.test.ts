import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentedViews } from '../../../src-main/engine/augmentation/augmentation.ts';
import { drawAugmentation } from '../../../src-main/engine/augmentation/augmentation-draws.ts';
import { augmentationPresets } from '../../../src-main/contract/augmentations.ts';
import type { AugmentationSettings } from '../../../src-main/contract/augmentations.ts';
import { blurReach, blurWeights } from '../../../src-main/engine/augmentation/resampling.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const side = 6;
const simclrCifar: AugmentationSettings = augmentationPresets.simclr.settings;

function pictures(count: number): tf.Tensor {
  const random = seedRandom(11);
  const bytes = Array.from({ length: count * side * side * 3 }, () => random.index(256));
  return tf.tensor(bytes, [count, side, side, 3], 'int32');
}

function views(images: tf.Tensor, crops: number[][], colours: number[][], settings = simclrCifar) {
  return augmentedViews(images, tf.tensor2d(crops), tf.tensor2d(colours), settings).arraySync();
}

const whole = [0, 0, 1, 1];
const plainColours = [1, 1, 1, 0, 0, 0];

type Rgb = [number, number, number];
const unit = (x: number) => Math.min(1, Math.max(0, x));
const luma = ([r, g, b]: Rgb) => 0.2989 * r + 0.587 * g + 0.114 * b;
const blend = (a: Rgb, b: number, factor: number) =>
  a.map((x) => unit(x * factor + b * (1 - factor))) as Rgb;

/** Python's colorsys, which torchvision's adjust_hue follows. */
function hsvTurn(rgb: Rgb, shift: number): Rgb {
  const [max, min] = [Math.max(...rgb), Math.min(...rgb)];
  if (max === min) return rgb;
  const [rc, gc, bc] = rgb.map((x) => (max - x) / (max - min)) as Rgb;
  let hue = rgb[0] === max ? bc - gc : rgb[1] === max ? 2 + rc - bc : 4 + gc - rc;
  hue = (((hue / 6 + shift) % 1) + 1) % 1;
  const saturation = (max - min) / max;
  const sector = Math.floor(hue * 6);
  const rest = hue * 6 - sector;
  const p = max * (1 - saturation);
  const q = max * (1 - saturation * rest);
  const t = max * (1 - saturation * (1 - rest));
  return (
    [
      [max, t, p],
      [q, max, p],
      [p, max, t],
      [p, q, max],
      [t, p, max],
      [max, p, q],
    ] as Rgb[]
  )[sector % 6]!;
}

function jittered(picture: Rgb[], numbers: number[]): Rgb[] {
  const [brightness, contrast, saturation, hue, grayness] = numbers as [
    number,
    number,
    number,
    number,
    number,
  ];
  const bright = picture.map((rgb) => blend(rgb, 0, brightness));
  const mean = bright.reduce((sum, rgb) => sum + luma(rgb), 0) / bright.length;
  return bright
    .map((rgb) => blend(rgb, mean, contrast))
    .map((rgb) => blend(rgb, luma(rgb), saturation))
    .map((rgb) => hsvTurn(rgb, hue))
    .map((rgb) => blend(rgb, luma(rgb), 1 - grayness));
}

describe('augmented views', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('leaves a picture as it is when nothing is drawn', () => {
    const images = pictures(2);
    const expected = tf
      .div(tf.concat([images, images]).cast('float32'), 255)
      .arraySync() as number[][][][];
    const actual = views(
      images,
      [whole, whole, whole, whole],
      Array(4).fill(plainColours) as number[][],
    );
    expect(tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]).toBeLessThan(1e-5);
  });

  it('mirrors with a negative width', () => {
    const images = pictures(1);
    const actual = views(images, [whole, [0, 1, 1, -1]], [plainColours, plainColours]);
    const [plain, mirrored] = actual as [number[][][], number[][][]];
    for (const [row, pixels] of plain.entries()) {
      for (const [channel, value] of pixels[0]!.entries()) {
        expect(mirrored[row]![side - 1]![channel]).toBeCloseTo(value, 5);
      }
    }
  });

  it('crops as bilinear cropAndResize does inside the picture', () => {
    const images = pictures(1).cast<tf.Tensor4D>('float32');
    const [top, left, height, width] = [0.2, 0.3, 0.5, 0.6] as const;
    // cropAndResize counts from the first to the last pixel centre.
    const first = (start: number, length: number) =>
      (start * side + (0.5 * length * side) / side - 0.5) / (side - 1);
    const last = (start: number, length: number) =>
      first(start, length) + ((side - 1) * length) / (side - 1);
    const boxes: [number, number, number, number][] = [
      [first(top, height), first(left, width), last(top, height), last(left, width)],
    ];
    const expected = tf.image.cropAndResize(images, boxes, [0], [side, side]).div(255);
    const actual = views(images, [[top, left, height, width], whole], [plainColours, plainColours]);
    expect(tf.max(tf.abs(tf.sub(actual[0]!, expected.squeeze()))).dataSync()[0]).toBeLessThan(1e-5);
  });

  it('jitters colours as torchvision does, in the order brightness, contrast, saturation, hue, grey', () => {
    const images = pictures(2);
    const numbers = [
      [1.3, 0.7, 1.35, 0.08, 0, 0],
      [0.65, 1.4, 0.6, -0.1, 0, 0],
      [1, 1, 1, 0, 1, 0],
      [1.4, 1.4, 1.4, 0.1, 1, 0],
    ];
    const actual = views(images, [whole, whole, whole, whole], numbers);
    const source = images.div(255).arraySync() as Rgb[][][];
    for (const [view, drawn] of numbers.entries()) {
      const expected = jittered(source[view % 2]!.flat(), drawn);
      const found = actual[view]!.flat();
      for (const [index, rgb] of expected.entries()) {
        for (const channel of [0, 1, 2] as const) {
          expect(Math.abs(found[index]![channel]! - rgb[channel])).toBeLessThan(2e-5);
        }
      }
    }
  });

  it('blurs by a Gaussian that keeps the brightness and spreads a point', () => {
    const point = tf.buffer([1, side, side, 3], 'int32');
    for (const channel of [0, 1, 2]) point.set(255, 0, 3, 3, channel);
    const settings = { ...simclrCifar, blurProbability: 0.5 };
    const sigma = 0.8;
    const actual = views(
      point.toTensor(),
      [whole, whole],
      [[1, 1, 1, 0, 0, sigma], plainColours],
      settings,
    );
    const [blurred, sharp] = actual as [number[][][], number[][][]];
    expect(sharp[3]![3]![0]).toBeCloseTo(1, 5);
    expect(blurred.flat(2).reduce((sum, x) => sum + x, 0)).toBeCloseTo(3, 0);
    expect(blurred[2]![3]![0]! / blurred[3]![3]![0]!).toBeCloseTo(
      Math.exp(-1 / (2 * sigma ** 2)),
      4,
    );
  });

  it('cuts the blur off at the window: three pixels on small pictures, a tenth of large ones', () => {
    expect(blurReach(32, 0.1)).toBe(1);
    expect(blurReach(6, 0.1)).toBe(1);
    expect(blurReach(64, 0.1)).toBe(3);
    expect(blurReach(224, 0.1)).toBe(11);
    const middle = (share: number) => {
      const weights = blurWeights(tf.tensor1d([2]), 9, blurReach(9, share)).arraySync();
      return weights[0]![4]!;
    };
    expect(middle(0.1).map((weight) => weight > 0)).toEqual(
      [0, 0, 0, 1, 1, 1, 0, 0, 0].map(Boolean),
    );
    expect(middle(1).every((weight) => weight > 0)).toBe(true);
    expect(middle(1).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
  });

  it('draws crops inside the picture, of the asked area, and leaves out what has probability 0', () => {
    const views = 4000;
    const settings: AugmentationSettings = {
      ...simclrCifar,
      cropScaleMin: 0.2,
      cropScaleMax: 0.6,
      jitterProbability: 0,
    };
    const { crops, colours } = drawAugmentation(views, settings, seedRandom(4));
    let flips = 0;
    for (let view = 0; view < views; view += 1) {
      const [top, left, height, width] = crops.subarray(view * 4, view * 4 + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      if (width < 0) flips += 1;
      const area = height * Math.abs(width);
      expect(area).toBeGreaterThan(0.2 - 1e-6);
      expect(area).toBeLessThan(0.6 + 1e-6);
      expect(Math.min(top, left, left + width)).toBeGreaterThanOrEqual(-1e-6);
      expect(Math.max(top + height, left, left + width)).toBeLessThanOrEqual(1 + 1e-6);
      expect([...colours.subarray(view * 6, view * 6 + 4)]).toEqual([1, 1, 1, 0]);
    }
    expect(flips / views).toBeGreaterThan(0.46);
    expect(flips / views).toBeLessThan(0.54);
  });
});
