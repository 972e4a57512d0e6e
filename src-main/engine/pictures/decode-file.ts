import type { Decoding } from '../../contract/decoding.ts';
import { coverCut } from './cover-cut.ts';
import { encodeUnchanged } from './encode-unchanged.ts';

/**
 * Decodes a picture for training: RGB bytes [size, size, 3], cropped to a square. The file must still
 * have the given content hash.
 * @throws PictureError
 */
export async function decodeFile(
  path: string,
  hash: string,
  size: number,
  { background, enlarging }: Decoding,
): Promise<Uint8Array> {
  const plan = { width: size, height: size, kernel: 'lanczos3', enlarging } as const;
  return await encodeUnchanged(path, hash, background, async (image, picture) =>
    (await coverCut(image, picture, plan)).removeAlpha().raw({ depth: 'uchar' }),
  );
}
