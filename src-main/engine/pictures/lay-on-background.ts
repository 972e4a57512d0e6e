import sharp, { type Sharp } from 'sharp';
import type { Background } from '../../contract/decoding.ts';

const colours = { white: '#ffffff', black: '#000000', grey: '#808080' } as const;

/** The greys of a checkerboard; drawings in white and in black are both visible on them. */
const [lightSquare, darkSquare] = [0x99, 0x66] as const;
/** Squares along the longer side, so that a picture and its thumbnail show the same board. */
const squaresAlong = 16;

/**
 * New pipelines of a picture without transparency, in sRGB: its transparent parts show the background.
 * @param image makes a new pipeline that does nothing but turn the picture upright
 */
export async function layOnBackground(
  image: () => Sharp,
  { hasAlpha, background }: { readonly hasAlpha: boolean; readonly background: Background },
): Promise<() => Sharp> {
  if (!hasAlpha) return () => image().removeAlpha().toColourspace('srgb');
  if (background !== 'checkerboard') {
    return () => image().flatten({ background: colours[background] }).toColourspace('srgb');
  }
  const { data, info } = await image()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const rgb = onCheckerboard(data, width, height);
  return () => sharp(rgb, { raw: { width, height, channels: 3 } });
}

/** RGBA bytes [height, width, 4] as RGB bytes [height, width, 3] over the board. */
function onCheckerboard(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const square = Math.max(1, Math.ceil(Math.max(width, height) / squaresAlong));
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const isLight = (Math.floor(x / square) + Math.floor(y / square)) % 2 === 0;
    const behind = isLight ? lightSquare : darkSquare;
    const share = (rgba[pixel * 4 + 3] as number) / 255;
    for (let channel = 0; channel < 3; channel++) {
      const value = rgba[pixel * 4 + channel] as number;
      rgb[pixel * 3 + channel] = Math.round(value * share + behind * (1 - share));
    }
  }
  return rgb;
}
