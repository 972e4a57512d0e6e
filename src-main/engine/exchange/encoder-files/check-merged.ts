import { InferenceSession, Tensor } from 'onnxruntime-node';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { EncoderSession } from '../../encoders/loaded/encoder-session.ts';
import { onnxRuntimeError } from '../../encoders/loaded/onnx-runtime-error.ts';
import { testPictures } from '../../encoders/loaded/test-pictures.ts';
import type { StoredEncoder } from '../../store/encoders.ts';
import { sessionThreads } from '../../threads/compute-limits.ts';

/**
 * Two programs with the same weights differ by less than this; a misread operator makes a larger
 * difference.
 */
const tolerance = 1e-4;
const pictureCount = 4;

/**
 * Compares the features that a merged model gives some pictures with the encoder's own features: an
 * operator of the encoder may mean something else in the opset of the merged model.
 * @throws EngineError bad-encoder where ONNX Runtime refuses the model, or the features differ
 */
export async function checkMerged(
  { library, signal }: JobContext,
  { name, description }: StoredEncoder,
  model: Uint8Array,
): Promise<void> {
  const { width, height } = description.preprocessing;
  const batch = description.input.batch ?? pictureCount;
  const pictures = await testPictures(
    library,
    description.preprocessing,
    Math.max(batch, 2),
    signal,
  );
  const bytes = pictures.subarray(0, batch * height * width * 3);
  const own = await EncoderSession.open(description, 'cpu');
  const { vectors, bad } = await own.embed(bytes.slice(), batch).finally(() => own.dispose());
  const images = rgbOf(bytes, description.preprocessing.channels);
  const found = await features(
    description.path,
    model,
    new Tensor('uint8', images, [batch, height, width, 3]),
  );
  const dimensions = vectors.length / batch;
  const differs = vectors.some(
    (value, index) =>
      !bad.includes(Math.floor(index / dimensions)) &&
      !(Math.abs(value - (found[index] ?? NaN)) <= tolerance),
  );
  if (!differs) return;
  throw new EngineError(
    'bad-encoder',
    `With the head in one file the encoder "${name}" gives other features than alone: an operator of its opset means something else in the opset 18 that the head needs. Export the encoder anew with opset 18 and add it again.`,
  );
}

/** The library decodes pictures in the encoder's order of channels; the file takes RGB. */
function rgbOf(bytes: Uint8Array, channels: 'rgb' | 'bgr'): Uint8Array {
  if (channels === 'rgb') return bytes.slice();
  return bytes.map((_, index) => bytes[index - (index % 3) + 2 - (index % 3)] ?? 0);
}

async function features(path: string, model: Uint8Array, images: Tensor): Promise<Float32Array> {
  try {
    const session = await InferenceSession.create(model, {
      logSeverityLevel: 4,
      ...sessionThreads(),
    });
    try {
      return (await session.run({ images }, ['features']))['features']?.data as Float32Array;
    } finally {
      await session.release();
    }
  } catch (error) {
    throw onnxRuntimeError(`${path}, with the head in one graph of opset 18 or later`, error);
  }
}
