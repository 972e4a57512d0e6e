import { croppedView } from './crop-view.ts';
import { decodeSource } from './decode-source.ts';
import type { DecodeTask, PixelsTask } from './decode-task.ts';
import { swapRedAndBlue } from './swap-red-and-blue.ts';
import { sourceSide } from './source-picture.ts';

/**
 * The pixels of V views of a picture, [V, size, size, 3], not mirrored: its crops, or V times the
 * picture as `decodePixels` gives it where it is too small to be cropped itself.
 * @throws PictureError
 */
export async function decodeViews(
  { of, size, crops, isCropped }: Extract<DecodeTask, { kind: 'views' }>,
  decodePixels: (task: PixelsTask) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const length = size * size * 3;
  const views = new Uint8Array(crops.length * length);
  if (!isCropped) {
    const picture = await decodePixels(of);
    for (const index of crops.keys()) views.set(picture, index * length);
    return views;
  }
  const source = await decodeSource(of.path, of.hash, sourceSide(size), of.decoding);
  for (const [index, crop] of crops.entries()) {
    views.set(croppedView(source, crop, size), index * length);
  }
  if (of.kind === 'resized' && of.resize.channels === 'bgr') swapRedAndBlue(views);
  return views;
}
