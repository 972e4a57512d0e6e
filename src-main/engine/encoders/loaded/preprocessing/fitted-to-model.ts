import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import type { FixedSides } from './found-preprocessing.ts';

/**
 * A preprocessing at the size that the model itself fixes, which comes before what a file says. The
 * resize side changes by as much as the size.
 * @param file the name of the file that has the other size, for the sentence
 */
export function fittedToModel(
  preprocessing: Preprocessing,
  fixed: FixedSides,
  file: string,
): { readonly preprocessing: Preprocessing; readonly assumptions: readonly string[] } {
  const { width, height, resize } = preprocessing;
  const size = { width: fixed.width ?? width, height: fixed.height ?? height };
  if (size.width === width && size.height === height) return { preprocessing, assumptions: [] };
  const scaled = Math.floor((resize * Math.min(size.width, size.height)) / Math.min(width, height));
  const plan = { ...preprocessing, ...size, resize: Math.min(2048, Math.max(8, scaled)) };
  const sentence = `${file} says ${width} x ${height}, but the model takes ${size.width} x ${size.height} only: the resize side is ${plan.resize} instead of ${resize}.`;
  return { preprocessing: plan, assumptions: [sentence] };
}
