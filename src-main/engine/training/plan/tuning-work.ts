import type * as tf from '@tensorflow/tfjs';
import { countWork } from '../../graph/count-work.ts';
import type { Work } from '../../graph/count-work.ts';
import { encode } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { flatLength, weightNamed } from '../../networks/weights.ts';

/** What one picture takes, and how many weights are trained. */
export interface TuningWork extends Work {
  readonly weights: number;
}

/** A step takes the passes of two views, and for what is trained twice as much again for the gradients. */
const [viewsOfStep, passesBack] = [2, 2];

/**
 * The passes of one picture through the whole encoder that a training takes: those before its first step, which
 * computes the frozen part of cached views, and those of all its steps.
 */
export function tuningPasses(
  { multiplications, dependent }: Pick<Work, 'multiplications' | 'dependent'>,
  { views, epochs }: { readonly views: number; readonly epochs: number },
): { readonly first: number; readonly steps: number } {
  const trained = dependent / multiplications;
  const isCached = views > 0;
  const forward = isCached ? trained : 1;
  return {
    first: views * (1 - trained),
    steps: epochs * viewsOfStep * (forward + passesBack * trained),
  };
}

/** A convolution of one picture could be taken for a product. */
const pictures = 2;

/** Counts what a picture of `size` pixels takes in an encoder, and what of it is trained. */
export function tuningWork(encoder: EncoderPlan, size: number): TuningWork {
  const { specs } = encoder;
  const trained = specs.filter(({ kind }) => kind === 'trainable').map(({ name }) => name);
  const total = countWork(
    {
      name: 'tuning-work',
      inputs: [
        { name: 'images', shape: [pictures, size, size, 3], dtype: 'float' },
        ...specs.map(({ name, shape }) => ({ name, shape, dtype: 'float' as const })),
      ],
      build: (inputs) => {
        const images = weightNamed(inputs, 'images') as tf.Tensor4D;
        return { z: encode(encoder, images, inputs).projected };
      },
    },
    new Set(trained),
  );
  return {
    multiplications: total.multiplications / pictures,
    dependent: total.dependent / pictures,
    kept: total.kept / pictures,
    weights: flatLength(specs, 'trainable'),
  };
}
