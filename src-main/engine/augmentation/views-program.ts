import type * as tf from '@tensorflow/tfjs';
import type { AugmentationSettings } from '../../contract/augmentations.ts';
import type { NamedArray, ProgramSpec } from '../graph/program.ts';
import { weightNamed } from '../networks/weights.ts';
import { augmentedViews } from './augmentation.ts';
import { colourNumbers, cropNumbers } from './augmentation-draws.ts';

/** The views that a program draws in one run. */
interface ViewsPlan {
  /** V, views of any number of pictures. */
  readonly views: number;
  /** Side in pixels. */
  readonly size: number;
  readonly settings: AugmentationSettings;
}

/**
 * A program that finishes views as a training does. Inputs: `images` [V, size, size, 3] bytes, one a
 * view, and `crops` [V, 4] and `colours` [V, 6], as `cropViews` and `drawAugmentation` give them.
 * Output: `views` [V, size, size, 3] of 0 to 1.
 */
export function viewsSpec({ views, size, settings }: ViewsPlan): ProgramSpec {
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: 'views',
    inputs: [
      { name: 'images', shape: [views, size, size, 3], dtype: 'uint8' },
      float('crops', [views, cropNumbers]),
      float('colours', [views, colourNumbers]),
    ],
    build: (inputs) => {
      const crops = weightNamed(inputs, 'crops') as tf.Tensor2D;
      const colours = weightNamed(inputs, 'colours') as tf.Tensor2D;
      return { views: augmentedViews(weightNamed(inputs, 'images'), crops, colours, settings) };
    },
  };
}

/** The output of a program of `viewsSpec` as RGB bytes, [V, size, size, 3]. */
export function viewBytes({
  views,
}: Readonly<Record<string, NamedArray>>): Uint8Array<ArrayBuffer> {
  if (!views) throw new Error('The augmentation gave no views.');
  const { values } = views;
  // A loop, because `from` with a function takes a second for 32 views of 224 x 224 pixels.
  const bytes = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    bytes[index] = Math.round(255 * (values[index] ?? 0));
  }
  return bytes;
}
