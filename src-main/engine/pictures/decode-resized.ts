import type { Sharp } from 'sharp';
import type { Decoding } from '../../contract/decoding.ts';
import type { Preprocessing } from '../../contract/preprocessing.ts';
import { encodeUnchanged } from './encode-unchanged.ts';
import { isEnlarged, resizeExactly } from './resize-exactly.ts';

/** The part of a preprocessing that resizes and crops. */
export type PictureResize = Pick<
  Preprocessing,
  'mode' | 'resize' | 'width' | 'height' | 'kernel' | 'channels'
>;

interface Sides {
  readonly width: number;
  readonly height: number;
}

/**
 * Sides after the resize, and the position of the crop, in pixels; the position is negative where the
 * picture is padded.
 */
interface ResizeFrame extends Sides {
  readonly left: number;
  readonly top: number;
}

/** The value of a mid-grey byte, which pads a picture that is smaller than the frame. */
const grey = 127;

/**
 * The most pixels of a picture that is shrunk as Pillow does it, which takes some 10 ms for them. A
 * larger one is shrunk by libvips, which reads JPEGs at a fraction of their size and differs by some
 * levels at hard edges.
 */
const exactPixelLimit = 2 ** 20;

/**
 * How a picture is resized before width x height pixels are cropped from its middle, as torchvision and
 * Transformers do it: the longer side is rounded down; an odd pixel goes to the right and the bottom.
 */
export function resizeFrame(plan: PictureResize, picture: Sides): ResizeFrame {
  const { width, height } = resizedSides(plan, picture);
  return {
    width,
    height,
    left: Math.floor((width - plan.width) / 2),
    top: Math.floor((height - plan.height) / 2),
  };
}

function resizedSides({ mode, ...plan }: PictureResize, picture: Sides): Sides {
  // A crop larger than the resized picture would have empty edges.
  const shorter = Math.max(plan.resize, Math.min(plan.width, plan.height));
  if (mode === 'stretch') {
    const scale = shorter / Math.min(plan.width, plan.height);
    return { width: Math.round(plan.width * scale), height: Math.round(plan.height * scale) };
  }
  const whole = [plan.width / picture.width, plan.height / picture.height] as const;
  const scale =
    mode === 'pad'
      ? Math.min(...whole)
      : Math.max(shorter / Math.min(picture.width, picture.height), ...whole);
  // The small addend prevents that a side which is exactly a whole number is rounded down.
  const floor = (side: number): number => Math.max(1, Math.floor(side * scale + 1e-6));
  return { width: floor(picture.width), height: floor(picture.height) };
}

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
    const frame = resizeFrame(plan, picture);
    const isSmall = picture.width * picture.height <= exactPixelLimit;
    const isExact = enlarging === 'aligned' && (isSmall || isEnlarged(picture, frame));
    const pixels = isExact
      ? await cutExactly(image, plan, frame)
      : cut(
          image.resize(frame.width, frame.height, { fit: 'fill', kernel: plan.kernel }),
          plan,
          frame,
        );
    return pixels.removeAlpha().raw({ depth: 'uchar' });
  });
  if (plan.channels === 'bgr') swapRedAndBlue(bytes);
  return bytes;
}

/** Only the part that is cut out is computed, because the whole of a long picture may be very large. */
async function cutExactly(image: Sharp, plan: PictureResize, frame: ResizeFrame): Promise<Sharp> {
  const [left, top] = [Math.max(0, frame.left), Math.max(0, frame.top)];
  const part = {
    left,
    top,
    width: Math.min(frame.width, frame.left + plan.width) - left,
    height: Math.min(frame.height, frame.top + plan.height) - top,
  };
  const resized = await resizeExactly(image, frame, part, plan.kernel);
  const { width, height } = part;
  return cut(resized, plan, { width, height, left: frame.left - left, top: frame.top - top });
}

function cut(whole: Sharp, plan: PictureResize, frame: ResizeFrame): Sharp {
  const { width, height, left, top } = frame;
  if (plan.mode !== 'pad') {
    return whole.extract({ left, top, width: plan.width, height: plan.height });
  }
  return whole.extend({
    left: -left,
    top: -top,
    right: plan.width - width + left,
    bottom: plan.height - height + top,
    background: { r: grey, g: grey, b: grey },
  });
}

function swapRedAndBlue(bytes: Uint8Array): void {
  for (let index = 0; index < bytes.length; index += 3) {
    const red = bytes[index] ?? 0;
    bytes[index] = bytes[index + 2] ?? 0;
    bytes[index + 2] = red;
  }
}
