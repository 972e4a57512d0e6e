import * as tf from '@tensorflow/tfjs';
import type { AugmentationSettings } from '../../../contract/augmentations.ts';
import type { Build, ProgramSpec } from '../../graph/program.ts';
import type { Encoded, EncoderPlan } from '../../networks/trainable-encoder.ts';
import { encode, frozenBodyOf } from '../../networks/trainable-encoder.ts';
import { flatLength, unpackWeights, weightNamed } from '../../networks/weights.ts';
import { augmentedViews, normaliseColours } from '../../augmentation/augmentation.ts';
import { colourNumbers, cropNumbers } from '../../augmentation/augmentation-draws.ts';
import { unitRows } from '../../numeric/unit-row-tensor.ts';

/** An encoder in evaluation mode, for batches of pictures of one size. */
export interface EmbedPlan {
  readonly encoder: EncoderPlan;
  readonly batch: number;
  /** Side in pixels. */
  readonly size: number;
  /** Embeds two augmented views of each picture, cropped from it before, instead of the picture. */
  readonly augmentation?: AugmentationSettings;
}

/**
 * A program that gives unit rows h and z of pictures [b, s, s, 3] bytes, or of frozen features
 * [b, inputs]. With augmentation it takes the pixels of 2b views, as `cropViews` gives them, and gives 2b
 * rows: those of the pictures' first views, then those of their second views. The weights are inputs, so that one program serves every checkpoint.
 */
export function embedSpec(plan: EmbedPlan): ProgramSpec {
  const { encoder, batch, size, augmentation } = plan;
  const frozen = frozenBodyOf(encoder);
  const images = augmentation ? 2 * batch : batch;
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  return {
    name: `embed-${encoder.name}`,
    inputs: [
      frozen
        ? float('features', [batch, frozen.inputs])
        : { name: 'images', shape: [images, size, size, 3], dtype: 'uint8' },
      float('weights', [flatLength(encoder.specs, 'trainable')]),
      float('statistics', [flatLength(encoder.specs, 'statistic')]),
      ...(augmentation
        ? [float('crops', [2 * batch, cropNumbers]), float('colours', [2 * batch, colourNumbers])]
        : []),
    ],
    build: buildEmbedding(plan),
  };
}

function buildEmbedding({ encoder, augmentation }: EmbedPlan): Build {
  return (inputs) => {
    const input = (name: string): tf.Tensor => weightNamed(inputs, name);
    const weights = {
      ...unpackWeights(encoder.specs, 'trainable', input('weights') as tf.Tensor1D),
      ...unpackWeights(encoder.specs, 'statistic', input('statistics') as tf.Tensor1D),
    };
    if (frozenBodyOf(encoder)) return unitOutputs(encode(encoder, input('features'), weights));
    const images = augmentation
      ? augmentedViews(
          input('images'),
          input('crops') as tf.Tensor2D,
          input('colours') as tf.Tensor2D,
          augmentation,
        )
      : tf.mul<tf.Tensor4D>(tf.cast(input('images'), 'float32'), 1 / 255);
    return unitOutputs(encode(encoder, normaliseColours(images), weights));
  };
}

function unitOutputs({ features, projected }: Encoded): Record<string, tf.Tensor> {
  return { h: unitRows(features), z: unitRows(projected) };
}
