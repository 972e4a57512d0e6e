import { createHash } from 'node:crypto';
import { hogAndColour, hogDimensions, hogSide } from '../../networks/hog-and-colour.ts';

/** A baseline that computes vectors of pictures without any weights. */
export interface WeightFree {
  /** Its name in `embed`: one of `readyEncoders`. */
  readonly name: string;
  /** Side in pixels of the pictures that it takes. */
  readonly side: number;
  readonly dimensions: number;
  /** The hash under which its vectors are stored. */
  readonly hash: string;
  /** The unit vector of a picture, [side, side, 3] RGB bytes; zeros if it has no direction. */
  readonly vectorOf: (rgb: Uint8Array) => Float32Array;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const pixelSide = 16;

const rawPixels: WeightFree = {
  name: 'pixels',
  side: pixelSide,
  dimensions: pixelSide * pixelSide * 3,
  hash: hashOf(`raw pixels ${pixelSide} x ${pixelSide}`),
  vectorOf: unitPicture,
};

const hog: WeightFree = {
  name: 'hog',
  side: hogSide,
  dimensions: hogDimensions,
  hash: hashOf(`hog and colour ${hogSide} x ${hogSide}`),
  vectorOf: hogAndColour,
};

const all = [rawPixels, hog];

/**
 * The weight-free encoder of this name, which a trained encoder should beat; undefined if there is
 * none.
 */
export function weightFree(name: string | number): WeightFree | undefined {
  return all.find((encoder) => encoder.name === name);
}

/** The unit vectors of pictures [n, side, side, 3] RGB bytes; [n, dimensions]. */
export function weightFreeVectors(encoder: WeightFree, pictures: Uint8Array): Float32Array {
  const { side, dimensions, vectorOf } = encoder;
  const length = side * side * 3;
  const vectors = new Float32Array((pictures.length / length) * dimensions);
  for (let row = 0; row * length < pictures.length; row++) {
    const rgb = pictures.subarray(row * length, (row + 1) * length);
    vectors.set(vectorOf(rgb), row * dimensions);
  }
  return vectors;
}

/** A picture's pixels with middle grey as 0, scaled to length 1; zeros for a grey picture. */
function unitPicture(rgb: Uint8Array): Float32Array {
  const vector = Float32Array.from(rgb, (byte) => byte / 127.5 - 1);
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}
