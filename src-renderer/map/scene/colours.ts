/** Red, green, blue and alpha in 0..1, not premultiplied. */
export type Rgba = readonly [number, number, number, number];

const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const known = new Map<string, Rgba>();

/** Any CSS colour as numbers; throws for an unknown one, since a map in wrong colours misleads. */
export function parseColour(css: string): Rgba {
  const cached = known.get(css);
  if (cached) return cached;
  if (!probe || !CSS.supports('color', css) || css.includes('var(')) {
    throw new Error(`The map cannot draw the colour "${css}": give it a resolved CSS colour.`);
  }
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = css;
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = probe.getImageData(0, 0, 1, 1).data;
  const colour: Rgba = [red / 255, green / 255, blue / 255, alpha / 255];
  known.set(css, colour);
  return colour;
}

/** The same colour with another opacity. */
export function withAlpha(colour: Rgba, alpha: number): Rgba {
  return [colour[0], colour[1], colour[2], alpha];
}

/** A row of 256 RGBA pixels, one per category; categories past the palette take its last colour. */
export function paletteBytes(palette: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(256 * 4);
  const last = palette[palette.length - 1] ?? '#808080';
  for (let category = 0; category < 256; category += 1) {
    const colour = parseColour(palette[category] ?? last);
    bytes.set(
      colour.map((part) => Math.round(part * 255)),
      category * 4,
    );
  }
  return bytes;
}
