import { resizePixels } from './resize-pixels.ts';
import type { SourcePicture } from './source-picture.ts';

/** Numbers of a crop. */
export const cropNumbers = 4;

/** A part of a picture by shares of its height and width; a mirrored one has a negative width. */
export type Crop = readonly [top: number, left: number, height: number, width: number];

/** The crop of a view that was cut out already: all of it, mirrored if the crop is. */
export function wholeCrop([, , , width]: Crop): Crop {
  return width < 0 ? [0, 1, 1, -1] : [0, 0, 1, 1];
}

/**
 * The pixels of a crop, not mirrored, resized to RGB bytes [size, size, 3] as torchvision's
 * RandomResizedCrop does it with Pillow: whole pixels are cut out, then resized bilinearly with a
 * filter that widens where the crop shrinks.
 */
export function croppedView(source: SourcePicture, crop: Crop, size: number): Uint8Array {
  const [top, start, heightShare, widthShare] = crop;
  const left = widthShare < 0 ? start + widthShare : start;
  const across = wholePixels(left, Math.abs(widthShare), source.width);
  const down = wholePixels(top, heightShare, source.height);
  const from = { width: across.count, height: down.count };
  const cut = new Uint8Array(from.width * from.height * 3);
  for (let row = 0; row < from.height; row += 1) {
    const begin = ((down.first + row) * source.width + across.first) * 3;
    cut.set(source.rgb.subarray(begin, begin + from.width * 3), row * from.width * 3);
  }
  if (from.width === size && from.height === size) return cut;
  const to = { width: size, height: size };
  return resizePixels(cut, from, { to, part: { left: 0, top: 0, ...to }, kernel: 'linear' });
}

/** The pixels of a part of an axis; every position in which `count` pixels fit is as probable. */
function wholePixels(
  start: number,
  share: number,
  length: number,
): { readonly first: number; readonly count: number } {
  const count = Math.min(length, Math.max(1, Math.round(share * length)));
  const position = share >= 1 ? 0 : Math.max(0, start / (1 - share));
  return { first: Math.min(length - count, Math.floor(position * (length - count + 1))), count };
}
