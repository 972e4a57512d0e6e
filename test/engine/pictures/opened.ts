import type { Background } from '../../../src-main/contract/decoding.ts';
import { decodeError, openPicture } from '../../../src-main/engine/pictures/open-picture.ts';

/** A picture's RGB bytes [height, width, 3] at its own size, and the note on its file. */
export async function opened(
  bytes: Uint8Array,
  background: Background = 'white',
): Promise<{ rgb: number[]; note: string; width: number; height: number }> {
  const { image, note, width, height } = await openPicture('picture', bytes, background);
  try {
    const rgb = await image().removeAlpha().raw({ depth: 'uchar' }).toBuffer();
    return { rgb: [...rgb], note, width, height };
  } catch (error) {
    throw decodeError(error);
  }
}
