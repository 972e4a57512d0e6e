import type * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { TrainStepPlan } from './train-step-plan.ts';
import { inputLength } from '../../networks/trainable-encoder.ts';
import { augmentedViews, normaliseColours } from '../../augmentation/augmentation.ts';
import {
  colourNumbers,
  cropNumbers,
  drawAugmentation,
} from '../../augmentation/augmentation-draws.ts';
import type { CropSources } from '../../pictures/picture-crops.ts';
import type { Random } from '../../numeric/random.ts';

/**
 * Gives what feeds the views of one step, for a batch of sample ids. The second view of each is one of the
 * picture in its place in `positives`, which is the same picture if it is left out. It has drawn its random
 * numbers when it returns, so that the views of a step can be made while the step before it computes.
 */
export type ViewFeeder = (
  batch: Uint32Array,
  random: Random,
  positives?: Uint32Array,
) => Promise<Readonly<Record<string, NamedArray['values']>>>;

/**
 * The inputs of a step for the views of its pictures: either the pixels of each view, with the random
 * numbers by which the graph goes on, or the frozen features of cached views.
 */
export function viewInputs(plan: TrainStepPlan): InputSpec[] {
  const { batch, size, encoder, source } = plan;
  const views = source.viewsPerPicture * batch;
  const length = inputLength(encoder);
  if (length !== null) return [{ name: 'features', shape: [views, length], dtype: 'float' }];
  return [
    { name: 'images', shape: [views, size, size, 3], dtype: 'uint8' },
    { name: 'crops', shape: [views, cropNumbers], dtype: 'float' },
    { name: 'colours', shape: [views, colourNumbers], dtype: 'float' },
  ];
}

/** The views of a step as the encoder takes them, view after view. */
export function viewsInGraph(
  { encoder, augmentation }: TrainStepPlan,
  input: (name: string) => tf.Tensor,
): tf.Tensor {
  if (inputLength(encoder) !== null) return input('features');
  const [crops, colours] = [input('crops') as tf.Tensor2D, input('colours') as tf.Tensor2D];
  return normaliseColours(augmentedViews(input('images'), crops, colours, augmentation));
}

/** Feeds cropped views of pictures, and new random numbers for them. */
export function pictureViews(
  { source, augmentation }: Pick<TrainStepPlan, 'source' | 'augmentation'>,
  { aspectOf, crop }: CropSources,
): ViewFeeder {
  return async (ids, random, positives = ids) => {
    const views = source.viewsPerPicture * ids.length;
    const viewIds = picturesOfViews(ids, positives, views);
    const aspect = (view: number): number => aspectOf(viewIds[view] ?? 0);
    const drawn = drawAugmentation(views, augmentation, random, aspect);
    return { ...(await crop(viewIds, drawn.crops)), colours: drawn.colours };
  };
}

/** The picture of each view, view after view: the batch, its positives, and the batch again. */
function picturesOfViews(batch: Uint32Array, positives: Uint32Array, views: number): Uint32Array {
  const size = batch.length;
  return Uint32Array.from({ length: views }, (_, view) => {
    const of = Math.floor(view / size) === 1 ? positives : batch;
    return of[view % size] ?? 0;
  });
}

/** The features of the cached views of pictures. */
interface CachedViews {
  /** V, how many views of each picture are cached. */
  readonly views: number;
  readonly dimensions: number;
  /** The features of n pictures' views: [n, V, dimensions]. */
  readonly read: (sampleIds: Uint32Array) => Float32Array | Float16Array;
}

/**
 * Feeds features of cached views: of each picture the source's `viewsPerPicture` different ones,
 * drawn at random.
 */
export function cachedViewFeatures({ source }: TrainStepPlan, cached: CachedViews): ViewFeeder {
  const { viewsPerPicture } = source;
  const { views, dimensions, read } = cached;
  return (ids, random, positives = ids) => {
    const rows = read(ids);
    const ofPositives = positives === ids ? rows : read(positives);
    const features = new Float32Array(viewsPerPicture * ids.length * dimensions);
    for (let picture = 0; picture < ids.length; picture += 1) {
      const drawn = differentIndices(viewsPerPicture, views, random);
      for (const [index, view] of drawn.entries()) {
        const from = (picture * views + view) * dimensions;
        const to = (index * ids.length + picture) * dimensions;
        const shown = index === 1 ? ofPositives : rows;
        features.set(shown.subarray(from, from + dimensions), to);
      }
    }
    return Promise.resolve({ features });
  };
}

/** `count` different whole numbers from 0 to `among` - 1, in a random order. */
function differentIndices(count: number, among: number, random: Random): number[] {
  const left = Array.from({ length: among }, (_, index) => index);
  return Array.from({ length: count }, () => left.splice(random.index(left.length), 1)[0] ?? 0);
}
