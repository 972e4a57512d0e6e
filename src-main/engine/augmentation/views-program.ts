import type * as tf from '@tensorflow/tfjs';
import type { AugmentationSettings } from '../../contract/augmentations.ts';
import type { NamedArray, ProgramSpec } from '../graph/program.ts';
import { weightNamed } from '../networks/weights.ts';
import { augmentedViews } from './augmentation.ts';
import { colourNumbers, cropNumbers } from './augmentation-draws.ts';

/** Views that a program draws at once. */
interface ViewsPlan {
  /** Pictures. */
  readonly count: number;
  /** V, views of each. */
  readonly views: number;
  /** Side in pixels. */
  readonly size: number;
  readonly settings: AugmentationSettings;
}

/**
 * Draws views as training does: images [count, size, size, 3] bytes, `crops` and `colours` of V · count
 * views from `drawAugmentation`; output `views` [V · count, size, size, 3] of 0 to 1, view after view.
 */
export function viewsSpec({ count, views, size, settings }: ViewsPlan): ProgramSpec {
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: 'views',
    inputs: [
      { name: 'images', shape: [count, size, size, 3], dtype: 'uint8' },
      float('crops', [views * count, cropNumbers]),
      float('colours', [views * count, colourNumbers]),
    ],
    build: (inputs) => {
      const crops = weightNamed(inputs, 'crops') as tf.Tensor2D;
      const colours = weightNamed(inputs, 'colours') as tf.Tensor2D;
      return { views: augmentedViews(weightNamed(inputs, 'images'), crops, colours, settings) };
    },
  };
}

/** The views that a program of `viewsSpec` gave, as RGB bytes. */
export function viewBytes({
  views,
}: Readonly<Record<string, NamedArray>>): Uint8Array<ArrayBuffer> {
  if (!views) throw new Error('The augmentation gave no views.');
  const { values } = views;
  // A loop: `from` with a function takes a second for 32 views of 224 px.
  const bytes = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at += 1) bytes[at] = Math.round(255 * (values[at] ?? 0));
  return bytes;
}
