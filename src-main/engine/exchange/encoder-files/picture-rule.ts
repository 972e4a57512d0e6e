import type { Background } from '../../../contract/decoding.ts';
import type { Preprocessing } from '../../../contract/preprocessing.ts';
import { oddMargins, resizeModes } from '../../../contract/preprocessing.ts';

/**
 * Describes in a sentence how a picture must be resized before it is given to the exported model, which
 * does not do it.
 */
export function pictureRule(preprocessing: Preprocessing, background: Background): string {
  const behind = background === 'checkerboard' ? 'a grey checkerboard' : background;
  const opened = `Turn the picture upright (EXIF), lay it on ${behind} where it is transparent, convert it to sRGB`;
  const { mode, resize, width, height, kernel, oddMargin = 'down', fill } = preprocessing;
  if (mode === 'cover' && width === height) {
    return `${opened}, bring its shorter side to ${width} pixels (Lanczos), and cut out the middle ${width} x ${height}.`;
  }
  const filled = fill ? `, filled with ${fill.join(', ')}` : '';
  return `${opened}, then resize it (${kernel}): ${resizeModes[mode].replace(/\.$/, '')} (${mode}; resize side ${resize}, cut ${width} x ${height}${filled}; an odd pixel of the margins goes ${oddMargins[oddMargin]}).`;
}
