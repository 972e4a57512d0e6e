import { croppedView, wholeCrop, cropNumbers } from './crop-view.ts';
import type { Crop } from './crop-view.ts';
import type { SourcePicture } from './source-picture.ts';

/**
 * What views of a picture are cropped from: the picture itself or, where that is too small, the square
 * [size, size, 3] that it was enlarged to.
 */
export type CropSource =
  | ({ readonly kind: 'source' } & SourcePicture)
  | { readonly kind: 'square'; readonly rgb: Uint8Array };

/** Views before mirroring, colours and blur, and the crops that the graph has yet to make of them. */
export interface CroppedViews {
  /** RGB bytes [V, size, size, 3]. */
  readonly images: Uint8Array;
  /** [V, 4], each as `Crop`. */
  readonly crops: Float32Array;
}

/**
 * Crops view after view from its picture. Of a picture that is larger than a view the crop is made here
 * and the graph only mirrors it; a square of the views' size is left to the graph.
 * @param sourceOf what view `index` is cropped from
 * @param crops [V, 4], by shares of each picture's sides
 */
export function cropViews(
  sourceOf: (index: number) => CropSource,
  crops: Float32Array,
  size: number,
): CroppedViews {
  const count = crops.length / cropNumbers;
  const length = size * size * 3;
  const cropped = { images: new Uint8Array(count * length), crops: Float32Array.from(crops) };
  for (let index = 0; index < count; index += 1) {
    const source = sourceOf(index);
    if (source.kind === 'square') {
      cropped.images.set(source.rgb, index * length);
      continue;
    }
    const crop = cropAt(crops, index);
    cropped.images.set(croppedView(source, crop, size), index * length);
    cropped.crops.set(wholeCrop(crop), index * cropNumbers);
  }
  return cropped;
}

/** The crop of a view among [V, 4] numbers. */
export function cropAt(crops: Float32Array, index: number): Crop {
  const [top = 0, left = 0, height = 1, width = 1] = crops.subarray(
    index * cropNumbers,
    (index + 1) * cropNumbers,
  );
  return [top, left, height, width];
}
