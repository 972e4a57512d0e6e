import { createHash } from 'node:crypto';
import { hogAndColour, hogDimensions, hogSide } from '../../networks/hog-and-colour.ts';

/** What makes vectors of pictures without any weights. */
export interface WeightFree {
  /** As `embed` takes it: one of `readyEncoders`. */
  readonly name: string;
  /** Side in pixels of the pictures that it takes. */
  readonly side: number;
  readonly dimensions: number;
  /** What its vectors are known by. */
  readonly hash: string;
  /** The unit vector of a picture, side x side x 3 RGB bytes; zeros where it has no direction. */
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

/** The weight-free encoder of this name: what another must beat to have learnt anything. */
export function weightFree(name: string | number): WeightFree | undefined {
  return all.find((encoder) => encoder.name === name);
}

/** The unit vectors of pictures, n x side x side x 3 RGB bytes. */
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

/** A picture's own pixels, middle grey as the origin; an all-grey picture is zeros. */
function unitPicture(rgb: Uint8Array): Float32Array {
  const vector = Float32Array.from(rgb, (byte) => byte / 127.5 - 1);
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}
