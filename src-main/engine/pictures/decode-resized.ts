import type { Sharp } from 'sharp';
import { coverCut } from './decode-file.ts';
import { encodeUnchanged } from './encode-unchanged.ts';
import { resizeFrame } from './resize-frame.ts';
import type { PictureResize, ResizeFrame } from './resize-frame.ts';

/** The value of a mid-grey byte, which pads a picture that is smaller than the frame. */
const grey = 127;

/**
 * Decodes a picture for a loaded encoder, before its values are scaled: bytes [height, width, 3] in the
 * plan's order of channels. The file must still have the given content hash.
 * @throws PictureError
 */
export async function decodeResized(
  path: string,
  hash: string,
  plan: PictureResize,
): Promise<Uint8Array> {
  const bytes = await encodeUnchanged(path, hash, (image, picture) =>
    resized(image, plan, resizeFrame(plan, picture)).removeAlpha().raw({ depth: 'uchar' }),
  );
  if (plan.channels === 'bgr') swapRedAndBlue(bytes);
  return bytes;
}

function resized(image: Sharp, plan: PictureResize, frame: ResizeFrame): Sharp {
  const { mode, kernel } = plan;
  if (mode === 'cover') return coverCut(image, plan.width, plan.height, kernel);
  if (mode === 'keep') return cutOut(image, plan, frame);
  const part = frame.part === null ? image : image.extract(frame.part);
  const whole = part.resize(frame.width, frame.height, { fit: 'fill', kernel });
  return cutOut(whole, plan, frame);
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

function swapRedAndBlue(bytes: Uint8Array): void {
  for (let index = 0; index < bytes.length; index += 3) {
    const red = bytes[index] ?? 0;
    bytes[index] = bytes[index + 2] ?? 0;
    bytes[index + 2] = red;
  }
}
