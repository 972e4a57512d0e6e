import type { Background } from '../../contract/decoding.ts';
import type { Blank } from '../../contract/library.ts';
import type { OpenedPicture } from './open-picture.ts';

/** Levels by which a picture of one colour may vary: a JPEG of one colour is off by one or two. */
const tolerance = 2;
/** Levels by which the thumbnail of such a picture varies at most. */
const thumbnailTolerance = 8;
/** The most pixels that are looked at one by one; of a larger picture, the thumbnail decides. */
const pixelLimit = 25_000_000;

/** The picture, scaled down, on its background. */
interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** The size of its file, a WebP. */
  readonly bytes: number;
  /** Its RGB bytes. */
  readonly pixels: () => Promise<Uint8Array>;
}

/**
 * Why a picture shows nothing; empty where it shows something. A drawing in white that lies on white
 * shows nothing.
 */
export async function findBlank(
  picture: OpenedPicture,
  thumbnail: Thumbnail,
  background: Background,
): Promise<Blank | ''> {
  if (picture.width * picture.height === 1) return 'one-pixel';
  const isEven = mayBeEven(thumbnail) && variation(await thumbnail.pixels()) <= thumbnailTolerance;
  // What is all transparent shows its background, and of these only the checkerboard is not even.
  if ((isEven || background === 'checkerboard') && (await picture.isTransparent())) {
    return 'transparent';
  }
  if (!isEven) return '';
  if (picture.width * picture.height > pixelLimit) return 'one-colour';
  const rgb = await picture.image().removeAlpha().raw({ depth: 'uchar' }).toBuffer();
  return variation(rgb) <= tolerance ? 'one-colour' : '';
}

/**
 * Whether a thumbnail's file is as small as that of an even one can be: of all patterns that vary by the tolerance,
 * noise of two levels takes the most bytes, 16 for each macroblock of 16 x 16 pixels.
 */
function mayBeEven({ width, height, bytes }: Thumbnail): boolean {
  return bytes <= 128 + 20 * Math.ceil(width / 16) * Math.ceil(height / 16);
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
