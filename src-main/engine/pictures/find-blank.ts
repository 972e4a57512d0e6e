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
export interface ShownPixels {
  /** False where the pixels need not be looked at, as they cannot all be alike. */
  readonly mayBeEven: boolean;
  /** Its RGB bytes. */
  readonly pixels: () => Promise<Uint8Array>;
}

/**
 * Why a picture shows nothing; empty where it shows something. A drawing in white that lies on white
 * shows nothing.
 */
export async function findBlank(
  picture: OpenedPicture,
  thumbnail: ShownPixels,
  background: Background,
): Promise<Blank | ''> {
  if (picture.width * picture.height === 1) return 'one-pixel';
  const isEven = thumbnail.mayBeEven && variesAtMost(thumbnailTolerance, await thumbnail.pixels());
  // What is all transparent shows its background, and of these only the checkerboard is not even.
  if ((isEven || background === 'checkerboard') && (await picture.isTransparent())) {
    return 'transparent';
  }
  if (!isEven) return '';
  if (picture.width * picture.height > pixelLimit) return 'one-colour';
  const rgb = await picture.image().removeAlpha().raw({ depth: 'uchar' }).toBuffer();
  return variesAtMost(tolerance, rgb) ? 'one-colour' : '';
}

/** The size of a thumbnail in pixels, and of its file, a WebP, in bytes. */
interface ThumbnailFile {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/**
 * Whether a thumbnail's file is as small as that of an even one can be: of all patterns that vary by the tolerance,
 * noise of two levels takes the most bytes, 16 for each macroblock of 16 x 16 pixels.
 */
export function mayBeEvenOf({ width, height, bytes }: ThumbnailFile): boolean {
  return bytes <= 128 + 20 * Math.ceil(width / 16) * Math.ceil(height / 16);
}

/** Whether no two bytes of a channel, in RGB bytes, differ by more levels. */
function variesAtMost(levels: number, rgb: Uint8Array): boolean {
  for (let channel = 0; channel < 3; channel++) {
    let [least, greatest] = [255, 0];
    for (let index = channel; index < rgb.length; index += 3) {
      const value = rgb[index] as number;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      if (greatest - least > levels) return false;
    }
  }
  return true;
}
