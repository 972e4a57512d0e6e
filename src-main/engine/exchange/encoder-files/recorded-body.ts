import * as tf from '@tensorflow/tfjs';
import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import { shrunkPicturesGraph } from '../../encoders/joined/shrunk-pictures-graph.ts';
import { starterAndHog } from '../../encoders/joined/starter-and-hog.ts';
import { starter } from '../../encoders/starter/starter-encoder.ts';
import type { EncoderSources } from '../../encoders/embedding/encoder-sources.ts';
import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import { readStarterFiles } from '../../encoders/starter/starter-files.ts';
import { withoutLowRank } from '../../networks/low-rank.ts';
import { hogAndColourGraph } from '../../networks/hog-and-colour-graph.ts';
import { hogSide } from '../../networks/hog-and-colour.ts';
import { inputValues, pooledRows } from '../../networks/pooled-rows.ts';
import { loadStarterFeatures } from '../../encoders/starter/starter-network.ts';
import { picturePlanOfRun } from '../../encoders/trained/plan-of-run.ts';
import { readTfjsFile } from '../../encoders/loaded/tfjs-file.ts';
import { loadTfjsNetwork } from '../../encoders/loaded/tfjs-network.ts';
import { checkpointOfWeights } from '../../store/checkpoints.ts';
import { findRun } from '../../store/runs.ts';
import { decodeCheckpoint } from '../../checkpoints/checkpoint-format.ts';
import { unitRows } from '../../numeric/unit-row-tensor.ts';
import { trainedRows } from './encoder-model.ts';

/** A frozen encoder as a computation that can be recorded: unit rows of bytes [n, size, size, 3]. */
export interface RecordedBody {
  readonly rows: (images: tf.Tensor4D) => tf.Tensor2D;
  readonly dispose: () => void;
}

const nothing = (): void => undefined;

/** Raw pixels, scaled so that middle grey is 0. */
const pixelsBody: RecordedBody = {
  rows: (images) => {
    const [count, height, width, channels] = images.shape;
    const values = tf.sub(tf.mul(tf.cast(images, 'float32'), 1 / 127.5), 1);
    return unitRows(tf.reshape(values, [count, height * width * channels]));
  },
  dispose: nothing,
};

const hogBody: RecordedBody = {
  rows: (images) => hogAndColourGraph(tf.cast(images, 'float32')),
  dispose: nothing,
};

/** @throws EngineError not-found when the starter encoder's files cannot be read */
async function starterBody(modelFolder: string): Promise<RecordedBody> {
  const { modelJson, weightBytes } = await readStarterFiles(modelFolder);
  const { features, dispose } = await loadStarterFeatures(modelJson, weightBytes);
  // Four unit vectors side by side have length 2.
  return { rows: (images) => tf.mul(features(images), 0.5), dispose };
}

/** @throws EngineError as `starterBody` */
async function starterAndHogBody(modelFolder: string): Promise<RecordedBody> {
  const { rows, dispose } = await starterBody(modelFolder);
  return {
    rows: (images) => {
      const small = shrunkPicturesGraph(tf.cast(images, 'float32'), hogSide);
      return tf.mul(tf.concat([rows(images), hogAndColourGraph(small)], 1), Math.SQRT1_2);
    },
    dispose,
  };
}

/** @throws EngineError bad-encoder */
export async function tfjsBody(description: EncoderDescription): Promise<RecordedBody> {
  const { path, output, preprocessing, tokens } = description;
  const network = await loadTfjsNetwork(path, await readTfjsFile(path));
  return {
    rows: (images) =>
      pooledRows(
        network.apply(inputValues(images, preprocessing), output.name),
        output.pooling,
        true,
        tokens,
      ),
    dispose: () => network.dispose(),
  };
}

/** The encoder of a run that was trained here, with the weights that the head was trained on. */
async function trainedBody(sources: EncoderSources, frozen: FrozenEncoder): Promise<RecordedBody> {
  const { library } = sources;
  const run = findRun(library, frozen.on);
  const checkpoint = checkpointOfWeights(library, run.id, frozen.hash);
  if (!checkpoint) throw new Error(`The weights of ${run.name} were there a moment ago.`);
  const encoder = await picturePlanOfRun(sources, run);
  const tensors = withoutLowRank(decodeCheckpoint(checkpoint.weights).tensors);
  return { rows: (images) => trainedRows(encoder, tensors, images).h, dispose: nothing };
}

/** A frozen encoder that needs no training, or a trained run, as a computation that can be recorded. */
export async function recordedBody(
  sources: EncoderSources,
  frozen: FrozenEncoder,
): Promise<RecordedBody> {
  if (frozen.on === starter) return await starterBody(sources.modelFolder);
  if (frozen.on === starterAndHog) return await starterAndHogBody(sources.modelFolder);
  if (frozen.on === 'hog') return hogBody;
  return frozen.on === 'pixels' ? pixelsBody : await trainedBody(sources, frozen);
}
