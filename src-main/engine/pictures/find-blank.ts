import type { Sharp } from 'sharp';
import type { Background } from '../../contract/decoding.ts';
import type { Blank } from '../../contract/library.ts';
import type { OpenedPicture } from './open-picture.ts';

/** Levels by which a picture of one colour may vary: a JPEG of one colour is off by one or two. */
const tolerance = 2;
/** Levels by which the thumbnail of such a picture varies at most. */
const thumbnailTolerance = 8;
/** The most pixels that are looked at one by one; of a larger picture, the thumbnail decides. */
const pixelLimit = 25_000_000;

/**
 * Why a picture shows nothing; empty where it shows something. A drawing in white that lies on white
 * shows nothing.
 * @param thumbnail RGB bytes of the picture, scaled down, on the background
 */
export async function findBlank(
  picture: Pick<OpenedPicture, 'width' | 'height' | 'isTransparent'> & { readonly image: Sharp },
  thumbnail: Uint8Array,
  background: Background,
): Promise<Blank | ''> {
  if (picture.width * picture.height === 1) return 'one-pixel';
  const isEven = variation(thumbnail) <= thumbnailTolerance;
  // What is all transparent shows its background, and of these only the checkerboard is not even.
  if ((isEven || background === 'checkerboard') && (await picture.isTransparent())) {
    return 'transparent';
  }
  if (!isEven) return '';
  if (picture.width * picture.height > pixelLimit) return 'one-colour';
  const rgb = await picture.image.clone().removeAlpha().raw({ depth: 'uchar' }).toBuffer();
  return variation(rgb) <= tolerance ? 'one-colour' : '';
}

/** The largest difference of two bytes of one channel, in RGB bytes. */
function variation(rgb: Uint8Array): number {
  const least = [255, 255, 255];
  const greatest = [0, 0, 0];
  for (let index = 0; index < rgb.length; index++) {
    const channel = index % 3;
    const value = rgb[index] as number;
    if (value < (least[channel] as number)) least[channel] = value;
    if (value > (greatest[channel] as number)) greatest[channel] = value;
  }
  return Math.max(...greatest.map((value, channel) => value - (least[channel] as number)));
}
