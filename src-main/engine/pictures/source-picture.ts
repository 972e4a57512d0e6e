/** A decoded picture of any shape: RGB bytes [height, width, 3]. */
export interface SourcePicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

interface Sides {
  readonly width: number;
  readonly height: number;
}

/**
 * How much longer the shorter side of a source is than a view's side: a crop of a ninth of the area
 * then has as many pixels as the view.
 */
const sourceFactor = 3;

/** The most pixels of the shorter side of a picture from which views of `size` pixels are cropped. */
export function sourceSide(size: number): number {
  return sourceFactor * size;
}

/**
 * Whether views of `size` pixels are cropped from the picture itself. A smaller one is enlarged to a
 * square first, and views are cropped from that.
 */
export function isCroppedFromSource({ width, height }: Sides, size: number): boolean {
  return Math.max(width, height) > size;
}

/**
 * Width over height of what views of `size` pixels are cropped from: the picture, or the square that
 * it is enlarged to.
 */
export function aspectOfSource(picture: Sides, size: number): number {
  return isCroppedFromSource(picture, size) ? picture.width / picture.height : 1;
}

/** The sides of a picture whose shorter side is shrunk to `side` pixels, where it is longer. */
export function sourceSides({ width, height }: Sides, side: number): Sides {
  const scale = Math.min(1, side / Math.min(width, height));
  const scaled = (length: number): number => Math.max(1, Math.round(length * scale));
  return { width: scaled(width), height: scaled(height) };
}
