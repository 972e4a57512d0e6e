import type { Sharp } from 'sharp';
import type { Decoding } from '../../contract/decoding.ts';
import { coverCut } from './cover-cut.ts';
import { encodeUnchanged } from './encode-unchanged.ts';
import { isEnlarged, resizeExactly } from './resize-exactly.ts';
import { resizeFrame } from './resize-frame.ts';
import type { PictureResize, ResizeFrame } from './resize-frame.ts';
import { swapRedAndBlue } from './swap-red-and-blue.ts';

/** The value of a mid-grey byte, which pads a picture that is smaller than the frame. */
const grey = 127;

/**
 * The most pixels of a picture that is shrunk as Pillow does it, which takes some 10 ms for them. A
 * larger one is shrunk by libvips, which reads JPEGs at a fraction of their size and differs by some
 * levels at hard edges.
 */
const exactPixelLimit = 2 ** 20;

/**
 * Decodes a picture for a loaded encoder, before its values are scaled: bytes [height, width, 3] in the
 * plan's order of channels. The file must still have the given content hash.
 * @throws PictureError
 */
export async function decodeResized(
  path: string,
  hash: string,
  plan: PictureResize,
  { background, enlarging }: Decoding,
): Promise<Uint8Array> {
  const bytes = await encodeUnchanged(path, hash, background, async (image, picture) => {
    const pixels =
      plan.mode === 'cover'
        ? await coverCut(image, picture, { ...plan, enlarging })
        : await resized(image, picture, plan, enlarging);
    return pixels.removeAlpha().raw({ depth: 'uchar' });
  });
  if (plan.channels === 'bgr') swapRedAndBlue(bytes);
  return bytes;
}

async function resized(
  image: Sharp,
  picture: { readonly width: number; readonly height: number },
  plan: PictureResize,
  enlarging: Decoding['enlarging'],
): Promise<Sharp> {
  const frame = resizeFrame(plan, picture);
  if (plan.mode === 'keep') return cutOut(image, plan, frame);
  const from = frame.part ?? picture;
  const part = frame.part === null ? image : image.extract(frame.part);
  const isSmall = from.width * from.height <= exactPixelLimit;
  if (enlarging === 'aligned' && (isSmall || isEnlarged(from, frame))) {
    return await cutExactly(part, plan, frame);
  }
  const { width, height } = frame;
  return cutOut(part.resize(width, height, { fit: 'fill', kernel: plan.kernel }), plan, frame);
}

/** Only the part that is cut out is computed, because the whole of a long picture may be very large. */
async function cutExactly(image: Sharp, plan: PictureResize, frame: ResizeFrame): Promise<Sharp> {
  const [left, top] = [Math.max(0, frame.left), Math.max(0, frame.top)];
  const width = Math.min(frame.width, frame.left + plan.width) - left;
  const height = Math.min(frame.height, frame.top + plan.height) - top;
  const whole = await resizeExactly(image, frame, { left, top, width, height }, plan.kernel);
  const [x, y] = [frame.left - left, frame.top - top];
  return cutOut(whole, plan, { ...frame, width, height, left: x, top: y });
}

/** The pixels that the encoder gets of a resized picture. */
function cutOut(image: Sharp, plan: PictureResize, frame: ResizeFrame): Sharp {
  const before = { left: Math.max(0, -frame.left), top: Math.max(0, -frame.top) };
  const inside = {
    left: Math.max(0, frame.left),
    top: Math.max(0, frame.top),
    width: Math.min(plan.width, frame.width),
    height: Math.min(plan.height, frame.height),
  };
  const after = {
    right: plan.width - inside.width - before.left,
    bottom: plan.height - inside.height - before.top,
  };
  const [r, g, b] = plan.fill ?? [grey, grey, grey];
  return image.extract(inside).extend({ ...before, ...after, background: { r, g, b } });
}
