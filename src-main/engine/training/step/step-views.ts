import type * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { TrainStepPlan } from './train-step-plan.ts';
import { frozenBodyOf } from '../../networks/trainable-encoder.ts';
import { augmentedViews, normaliseColours } from '../../augmentation/augmentation.ts';
import {
  colourNumbers,
  cropNumbers,
  drawAugmentation,
} from '../../augmentation/augmentation-draws.ts';
import type { Random } from '../../numeric/random.ts';

/** What a step is fed for the views of a batch of pictures, given by their sample ids. */
export type ViewFeeder = (
  batch: Uint32Array,
  random: Random,
) => Readonly<Record<string, NamedArray['values']>>;

/**
 * The inputs of a step that carry the views of its pictures: pictures with the numbers that make
 * views of them in the graph, or frozen features of views that were made before.
 */
export function viewInputs(plan: TrainStepPlan): InputSpec[] {
  const { batch, size, encoder, source } = plan;
  const views = source.viewsPerPicture * batch;
  const frozen = frozenBodyOf(encoder);
  if (frozen) return [{ name: 'features', shape: [views, frozen.inputs], dtype: 'float' }];
  return [
    { name: 'images', shape: [batch, size, size, 3], dtype: 'uint8' },
    { name: 'crops', shape: [views, cropNumbers], dtype: 'float' },
    { name: 'colours', shape: [views, colourNumbers], dtype: 'float' },
  ];
}

/** The views of a step as the encoder takes them, view after view. */
export function viewsInGraph(
  { encoder, augmentation }: TrainStepPlan,
  input: (name: string) => tf.Tensor,
): tf.Tensor {
  if (frozenBodyOf(encoder)) return input('features');
  const [crops, colours] = [input('crops') as tf.Tensor2D, input('colours') as tf.Tensor2D];
  return normaliseColours(augmentedViews(input('images'), crops, colours, augmentation));
}

/** Feeds pictures, [n, size, size, 3] RGB bytes, with views drawn anew. */
export function pictureViews(
  { source, batch, augmentation }: TrainStepPlan,
  readPixels: (sampleIds: Uint32Array) => Uint8Array,
): ViewFeeder {
  return (ids, random) => {
    const images = readPixels(ids);
    const views = source.viewsPerPicture * batch;
    const { crops, colours } = drawAugmentation(views, augmentation, random);
    return { images, crops, colours };
  };
}

/** Features of the kept views of pictures. */
interface KeptViews {
  /** V, how many views of each picture are kept. */
  readonly views: number;
  readonly dimensions: number;
  /** For each picture its views one after the other: [n, V, dimensions], unit rows. */
  readonly read: (sampleIds: Uint32Array) => Float32Array | Float16Array;
}

/** Feeds features of kept views: of each picture as many different ones as a step looks at. */
export function keptViewFeatures({ source }: TrainStepPlan, kept: KeptViews): ViewFeeder {
  const { viewsPerPicture } = source;
  const { views, dimensions, read } = kept;
  return (ids, random) => {
    const rows = read(ids);
    const features = new Float32Array(viewsPerPicture * ids.length * dimensions);
    for (let picture = 0; picture < ids.length; picture += 1) {
      const drawn = differentIndices(viewsPerPicture, views, random);
      for (const [at, view] of drawn.entries()) {
        const from = (picture * views + view) * dimensions;
        const to = (at * ids.length + picture) * dimensions;
        features.set(rows.subarray(from, from + dimensions), to);
      }
    }
    return { features };
  };
}

/** `count` different whole numbers from 0 to `among` - 1, in a random order. */
function differentIndices(count: number, among: number, random: Random): number[] {
  const left = Array.from({ length: among }, (_, index) => index);
  return Array.from({ length: count }, () => left.splice(random.index(left.length), 1)[0] ?? 0);
}
