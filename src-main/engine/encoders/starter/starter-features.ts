import { EngineError } from '../../../contract/errors.ts';
import type { Program } from '../../graph/program.ts';
import { starterDimensions, starterSide } from './starter-network.ts';

/** Pictures that the starter encoder's program takes at once. */
export const starterBatch = 16;
/** Bytes of a picture as the starter encoder takes it. */
export const starterPictureLength = starterSide * starterSide * 3;
/** Four unit vectors side by side have the length 2; stored vectors have the length 1. */
const scale = 0.5;

/**
 * Unit rows of features of pictures, n x 224 x 224 x 3 RGB bytes, by a program for `starterBatch`.
 * @throws EngineError internal where a value is no number, and as `yieldToEvents`
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
