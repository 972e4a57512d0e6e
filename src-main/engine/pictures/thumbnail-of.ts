import type { Sharp } from 'sharp';
import type { Background } from '../../contract/decoding.ts';
import type { DecodeAnswer } from './decode-task.ts';
import { findBlank, mayBeEvenOf, type ShownPixels } from './find-blank.ts';
import { decodeError, openPicture, type OpenedPicture } from './open-picture.ts';
import { PictureError } from './picture-error.ts';

/** Longest side of a thumbnail, in pixels. */
const thumbnailSide = 160;
/** The most bytes of a small picture's file that is its own thumbnail. */
const mostOwnBytes = 6 * 1024;

type Thumbnail = Omit<Extract<DecodeAnswer, { kind: 'thumbnail' }>, 'kind' | 'hash'>;

/**
 * A picture's thumbnail, and what is to be said of the picture. A JPEG that is whole but for a part of
 * its data is taken, with a note.
 * @throws PictureError
 */
export async function thumbnailOf(
  path: string,
  bytes: Uint8Array,
  background: Background,
): Promise<Thumbnail> {
  try {
    const picture = await openPicture(path, bytes, background, true);
    return await made(picture, background, isSmall(picture, bytes) ? picture.bare() : null);
  } catch (error) {
    if (!(error instanceof PictureError) || error.code !== 'damaged') throw error;
    const thumbnail = await made(await openPicture(path, bytes, background), background, null);
    return { ...thumbnail, note: noteOn(error.message) };
  }
}

/** The reason may have got lost among threads; bytes between two parts of a file are harmless. */
function noteOn(reason: string): string {
  const isHarmless = /extraneous bytes/i.test(reason);
  return isHarmless ? '' : 'Its file has faults: a part of the picture may be grey or wrong.';
}

function isSmall({ width, height }: OpenedPicture, bytes: Uint8Array): boolean {
  return Math.max(width, height) <= thumbnailSide && bytes.length <= mostOwnBytes;
}

/** `own` is what of the picture's file is its thumbnail; null where one is drawn. */
async function made(
  picture: OpenedPicture,
  background: Background,
  own: Uint8Array | null,
): Promise<Thumbnail> {
  const { width, height, format, note } = picture;
  try {
    const { image, ...shown } = own === null ? await drawn(picture) : await itself(picture, own);
    const blank = await findBlank(picture, shown, background);
    return { width, height, format, image, blank, note };
  } catch (error) {
    throw decodeError(error);
  }
}

type Image = Pick<Thumbnail, 'image'> & ShownPixels;

/**
 * A file that is as small as its thumbnail would be is taken as it is, which loses nothing: a picture of 32 x 32
 * pixels would lose much of its colours. It takes half the time, too, as it is only decoded.
 */
async function itself(picture: OpenedPicture, image: Uint8Array): Promise<Image> {
  // Decoded in any case: damage shows in its pixels alone.
  const rgb = await picture.image().removeAlpha().raw({ depth: 'uchar' }).toBuffer();
  return { image, mayBeEven: true, pixels: () => Promise.resolve(rgb) };
}

async function drawn(picture: OpenedPicture): Promise<Image> {
  const { data: image, info } = await scaled(picture)
    .webp({ quality: 80, effort: 1 })
    .toBuffer({ resolveWithObject: true });
  const pixels = async (): Promise<Uint8Array> =>
    await scaled(picture).raw({ depth: 'uchar' }).toBuffer();
  return { image, mayBeEven: mayBeEvenOf({ ...info, bytes: image.length }), pixels };
}

function scaled(picture: OpenedPicture): Sharp {
  return picture
    .image()
    .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
    .removeAlpha();
}
