import { parseColour, type Rgba } from '../scene/colours.ts';
import { dotShape } from '../scene/dot-size.ts';

/** Positions within a pixel, per axis, that a dot's middle is rounded to. */
export const subpixels = 4;

/** Opacity of a dot by its layer (see `layerOf`), and of its rim. */
export const dotOpacity = { dim: 0.36, normal: 0.86, strong: 1, strongRim: 0.85 } as const;

/** What all stamps of a frame have in common; `radius` is a normal dot's, in device pixels. */
export interface StampLook {
  readonly radius: number;
  readonly pixelRatio: number;
  readonly palette: readonly string[];
  readonly text: Rgba;
  readonly page: Rgba;
}

/**
 * A dot as premultiplied RGBA pixels of a square, for each position of its middle within a pixel.
 */
export interface Stamp {
  /** The square's side is 2 × reach + 1 pixels, the dot's middle in its middle pixel. */
  readonly reach: number;
  /** By `subpixels` × the position's row + its column. */
  readonly pixels: readonly Uint32Array[];
}

const kinds = ['dim', 'normal', 'strong', 'selected'] as const;
const noRim: Rgba = [0, 0, 0, 0];

/**
 * The dot of a category in a layer, round or a diamond, as the shader of `PointLayer` draws it.
 */
export function stampOf(
  look: StampLook,
  layer: number,
  category: number,
  isDiamond = false,
): Stamp {
  const kind = kinds[layer] ?? 'normal';
  const { fill, rim } = coloursOf(look, kind, category);
  const inner = look.radius * dotShape[kind].growth;
  const outer = inner + dotShape[kind].rim * look.pixelRatio;
  const reach = Math.ceil(outer + 0.5);
  const positions = Array.from({ length: subpixels * subpixels }, (_, position) => position);
  const pixels = positions.map((position) => {
    const x = (position % subpixels) / subpixels;
    const y = Math.floor(position / subpixels) / subpixels;
    return dotPixels({ fill, rim, inner, outer, reach, isDiamond }, x, y);
  });
  return { reach, pixels };
}

interface Dot {
  readonly fill: Rgba;
  readonly rim: Rgba;
  readonly inner: number;
  readonly outer: number;
  readonly reach: number;
  readonly isDiamond: boolean;
}

function coloursOf(
  { palette, text, page }: StampLook,
  kind: (typeof kinds)[number],
  category: number,
): Pick<Dot, 'fill' | 'rim'> {
  const [red, green, blue] = parseColour(
    palette[Math.min(category, palette.length - 1)] ?? '#808080',
  );
  if (kind === 'dim') {
    const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
    const half = (channel: number): number => (channel + grey) / 2;
    return { fill: [half(red), half(green), half(blue), dotOpacity.dim], rim: noRim };
  }
  if (kind === 'normal') return { fill: [red, green, blue, dotOpacity.normal], rim: noRim };
  const [rimRed, rimGreen, rimBlue] = kind === 'selected' ? text : page;
  const isSolid = kind === 'selected';
  return {
    fill: [red, green, blue, isSolid ? dotOpacity.normal : dotOpacity.strong],
    rim: [rimRed, rimGreen, rimBlue, isSolid ? 1 : dotOpacity.strongRim],
  };
}

function dotPixels(dot: Dot, x: number, y: number): Uint32Array {
  const { fill, rim, inner, outer, reach, isDiamond } = dot;
  const side = 2 * reach + 1;
  const bytes = new Uint8ClampedArray(side * side * 4);
  const covered = (radius: number, away: number): number =>
    Math.min(Math.max(radius - away + 0.5, 0), 1);
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    const beside = (pixel % side) - reach + 0.5 - x;
    const above = Math.floor(pixel / side) - reach + 0.5 - y;
    const away = isDiamond ? Math.abs(beside) + Math.abs(above) : Math.hypot(beside, above);
    const filled = covered(inner, away) * fill[3];
    const around = covered(outer, away) * rim[3] * (1 - covered(inner, away));
    const mixed = (channel: 0 | 1 | 2): number =>
      255 * (fill[channel] * filled + rim[channel] * around);
    bytes.set([mixed(0), mixed(1), mixed(2), 255 * (filled + around)], pixel * 4);
  }
  return new Uint32Array(bytes.buffer);
}
