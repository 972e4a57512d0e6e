import type { Preprocessing } from '../../../contract/preprocessing.ts';
import { resizeModes } from '../../../contract/preprocessing.ts';

/**
 * Describes in a sentence how a picture must be resized before it is given to the exported model, which
 * does not do it.
 */
export function pictureRule(size: number, preprocessing: Preprocessing | null): string {
  const opened =
    'Turn the picture upright (EXIF), lay it on white where it is transparent, convert it to sRGB';
  if (preprocessing === null) {
    return `${opened}, bring its shorter side to ${size} pixels (Lanczos), and cut out the middle ${size} x ${size}.`;
  }
  const { mode, resize, width, height, kernel } = preprocessing;
  return `${opened}, then resize it (${kernel}): ${resizeModes[mode].replace(/\.$/, '')} (${mode}; resize side ${resize}, cut ${width} x ${height}, offsets rounded down, and sides too unless it is stretched).`;
}
