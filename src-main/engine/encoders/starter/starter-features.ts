import { EngineError } from '../../../contract/errors/errors.ts';
import type { Program } from '../../graph/program.ts';
import { starterDimensions, starterSide } from './starter-network.ts';

/** The batch of the starter encoder's program. */
export const starterBatch = 16;
/** Bytes of a picture for the starter encoder. */
export const starterPictureLength = starterSide * starterSide * 3;
/** Scales four unit vectors side by side, of length 2, to length 1. */
const scale = 0.5;

/**
 * The features of pictures [n, 224, 224, 3] RGB bytes as unit rows [n, 752], by a program with the
 * batch `starterBatch`.
 * @throws EngineError internal if a value is not a number, and as `yieldToEvents`
 */
export async function starterFeatures(
  program: Program,
  pictures: Uint8Array,
  yieldToEvents: () => Promise<void>,
): Promise<Float32Array> {
  const count = pictures.length / starterPictureLength;
  const features = new Float32Array(count * starterDimensions);
  for (let first = 0; first < count; first += starterBatch) {
    await yieldToEvents();
    const images = new Uint8Array(starterBatch * starterPictureLength);
    const [from, to] = [first, first + starterBatch].map((row) => row * starterPictureLength);
    images.set(pictures.subarray(from, to));
    const values = (await program.run({ images }))['features']?.values;
    if (!(values instanceof Float32Array) || !values.every(Number.isFinite)) {
      throw new EngineError('internal', 'The starter encoder gave vectors that are not numbers.');
    }
    const rows = Math.min(starterBatch, count - first);
    const scaled = values.subarray(0, rows * starterDimensions).map((value) => scale * value);
    features.set(scaled, first * starterDimensions);
  }
  return features;
}
