import { colourHistograms, colourHistogramsLength } from './colour-histograms.ts';
import { orientedGradients, orientedGradientsLength } from './oriented-gradients.ts';

/** Side in pixels of the pictures that HOG and colour are taken from. */
export const hogSide = 48;
const hogLength = orientedGradientsLength(hogSide);
/** Length of the features. */
export const hogDimensions = hogLength + colourHistogramsLength;
/** Of two pictures' similarity; the rest is the gradients'. */
const colourShare = 0.25;

/**
 * Histograms of oriented gradients beside histograms of colour: a unit row of `hogDimensions`, of
 * 48 x 48 x 3 RGB bytes. A plain picture has its colours only.
 */
export function hogAndColour(rgb: Uint8Array): Float32Array {
  const features = new Float32Array(hogDimensions);
  features.set(scaled(orientedGradients(rgb, hogSide), Math.sqrt(1 - colourShare)));
  features.set(scaled(colourHistograms(rgb, hogSide), Math.sqrt(colourShare)), hogLength);
  return scaled(features, 1);
}

/** A vector brought to a length; zeros stay. */
function scaled(vector: Float32Array, length: number): Float32Array {
  const own = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return own === 0 ? vector : vector.map((value) => (value * length) / own);
}
