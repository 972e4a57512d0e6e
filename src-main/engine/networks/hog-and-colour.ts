import { colourHistograms, colourHistogramsLength } from './colour-histograms.ts';
import { orientedGradients, orientedGradientsLength } from './oriented-gradients.ts';

/** Side in pixels of the pictures that the features are computed from. */
export const hogSide = 48;
const hogLength = orientedGradientsLength(hogSide);
/** Length of the features. */
export const hogDimensions = hogLength + colourHistogramsLength;
/** The part of the colours in two pictures' similarity; the rest is the gradients'. */
const colourShare = 0.25;
/** The lengths of the gradients' and the colours' features, side by side in one unit vector. */
export const gradientsScale = Math.sqrt(1 - colourShare);
export const coloursScale = Math.sqrt(colourShare);

/**
 * Histograms of oriented gradients, then histograms of colours, of [48, 48, 3] RGB bytes; a unit
 * vector of `hogDimensions`. A picture of one colour has no gradients, so only its colours count.
 *
 * `hogAndColourGraph` gives the same to 1e-6, for files. Pictures are embedded by these loops: decoding
 * takes most of the time of either way (some 430 pictures/s), and loops need no program for a device.
 */
export function hogAndColour(rgb: Uint8Array): Float32Array {
  const features = new Float32Array(hogDimensions);
  features.set(scaled(orientedGradients(rgb, hogSide), gradientsScale));
  features.set(scaled(colourHistograms(rgb, hogSide), coloursScale), hogLength);
  return scaled(features, 1);
}

/** A vector scaled to a length; zeros stay zeros. */
function scaled(vector: Float32Array, length: number): Float32Array {
  const own = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return own === 0 ? vector : vector.map((value) => (value * length) / own);
}
