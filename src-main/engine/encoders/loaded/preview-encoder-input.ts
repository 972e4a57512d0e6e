import type { z } from 'zod';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { EncoderPreview, encoderPreviewInput } from '../../../contract/loaded-encoders.ts';
import { findAnchor } from '../../pictures/anchor-lookup.ts';
import { decodeResized } from '../../pictures/decode-resized.ts';
import { firstReadableFile } from '../../pictures/first-readable-file.ts';
import { libraryDecoding } from '../../store/library-decoding.ts';
import { shownPart } from '../../pictures/resize-frame.ts';
import type { Library } from '../../store/library-file.ts';
import { pictureSides, presentPicture, presentSampleIds } from '../../store/samples.ts';

/**
 * A picture of the library after this preprocessing, and which part of the picture that is.
 * @throws EngineError not-found, too-few-pictures
 */
export async function previewEncoderInput(
  library: Library,
  { preprocessing: plan, anchor }: z.infer<typeof encoderPreviewInput>,
  workingFolder: string,
): Promise<EncoderPreview> {
  const hash = anchor ? findAnchor(library, anchor, workingFolder).hash : firstHash(library);
  const picture = findAnchor(library, hash, workingFolder);
  const sides = pictureSides(library, picture.id);
  const rgb = await firstReadableFile(library, hash, (path) =>
    decodeResized(path, hash, { ...plan, channels: 'rgb' }, libraryDecoding(library)),
  );
  return {
    hash,
    path: picture.path,
    width: plan.width,
    height: plan.height,
    rgb: new Uint8Array(rgb),
    crop: shownPart(plan, sides),
    pictureWidth: sides.width,
    pictureHeight: sides.height,
  };
}

function firstHash(library: Library): string {
  const [id = -1] = presentSampleIds(library);
  const picture = presentPicture(library, id);
  if (picture) return picture.hash;
  throw new EngineError('too-few-pictures', 'This library has no pictures; scan a folder first.');
}
