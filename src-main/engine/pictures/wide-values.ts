import sharp, { type Metadata, type Sharp } from 'sharp';
import { PictureError } from './picture-error.ts';

/** A picture of 8 bits, and a sentence on how its values became them. */
interface NarrowedPicture {
  readonly width: number;
  readonly height: number;
  /** A new pipeline that does nothing yet. */
  readonly open: () => Sharp;
  readonly note: string;
}

/** The most values that are held in memory, of 4 bytes each. */
const valueLimit = 100_000_000;
const wideDepths = ['char', 'short', 'int', 'uint', 'float', 'double'];

/** Whether values are not of the 8 or 16 unsigned bits in which pictures are shown. */
export function hasWideValues({ depth }: Metadata): boolean {
  return wideDepths.includes(depth);
}

/**
 * A picture whose values are signed, of 32 bits or real numbers: from the least to the greatest they
 * become 0 to 255, the same for all channels. A value that is not a number becomes 0; transparency is
 * ignored.
 * @throws PictureError too-large, damaged without one number; errors of sharp as they are
 */
export async function narrowValues(open: () => Sharp, found: Metadata): Promise<NarrowedPicture> {
  if (found.width * found.height * found.channels > valueLimit) {
    const limit = (valueLimit / 1e6).toLocaleString('en');
    throw new PictureError(
      'too-large',
      `Has more than ${limit} million values of ${bitsOf(found.depth)}.`,
    );
  }
  const { values, channels, width, height, valueOf } = await readValues(open, found);
  const colours = channels < 3 ? 1 : 3;
  const [least, greatest] = rangeOf(values, channels, colours);
  if (least > greatest) {
    throw new PictureError('damaged', 'Holds no numbers: all its values are NaN or infinite.');
  }
  const bytes = new Uint8Array(width * height * colours);
  const range = Math.max(greatest - least, Number.MIN_VALUE);
  let target = 0;
  for (let start = 0; start < values.length; start += channels) {
    for (let colour = 0; colour < colours; colour++) {
      const value = (values[start + colour] as number) - least;
      bytes[target++] = Math.min(255, Math.max(0, Math.round((value * 255) / range) || 0));
    }
  }
  const kind = bitsOf(found.depth);
  const shown =
    least === greatest
      ? `All its values are ${valueOf(least)} (${kind}); it is shown black.`
      : `Its values ${valueOf(least)} to ${valueOf(greatest)} (${kind}) are shown as 0 to 255.`;
  return {
    width,
    height,
    open: () => sharp(bytes, { raw: { width, height, channels: colours } }),
    note: shown,
  };
}

interface ReadValues {
  readonly values: Float32Array;
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  /** What stands in the file, of a value that was read. */
  readonly valueOf: (value: number) => number;
}

async function readValues(open: () => Sharp, found: Metadata): Promise<ReadValues> {
  const { factor, offset } = await shiftOf(open, found);
  const shifted = open().autoOrient().toColourspace(found.space);
  const image = factor === 1 && offset === 0 ? shifted : shifted.linear(factor, offset);
  const { data, info } = await image.raw({ depth: 'float' }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  // A copy is aligned to 4 bytes.
  const values = new Float32Array(Uint8Array.from(data).buffer);
  // Half floats have about three decimal digits.
  const digits = found.space === 'grey16' && found.depth === 'float' ? 3 : 6;
  const valueOf = (value: number): number =>
    Number(((value - offset) / factor).toPrecision(digits));
  return { values, channels, width, height, valueOf };
}

/**
 * What brings values to 0 to 65,535 where sharp would cut them to that range: it does so with grey
 * pictures of 16 bits. The range of half floats is looked for first, in steps of 2.
 */
async function shiftOf(
  open: () => Sharp,
  { space, depth }: Metadata,
): Promise<{ factor: number; offset: number }> {
  if (space !== 'grey16') return { factor: 1, offset: 0 };
  if (depth === 'short') return { factor: 1, offset: 32_768 };
  const coarse = { factor: 0.5, offset: 32_752 };
  const { data } = await open()
    .toColourspace(space)
    .linear(coarse.factor, coarse.offset)
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true });
  const [least, greatest] = rangeOf(new Float32Array(Uint8Array.from(data).buffer), 1, 1);
  if (least > greatest) return coarse;
  const [from, to] = [least - 1, greatest + 1].map((v) => (v - coarse.offset) / coarse.factor);
  const factor = 65_535 / ((to ?? 0) - (from ?? 0));
  return { factor, offset: -(from ?? 0) * factor };
}

function rangeOf(values: Float32Array, channels: number, colours: number): [number, number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (let start = 0; start < values.length; start += channels) {
    for (let colour = 0; colour < colours; colour++) {
      const value = values[start + colour] as number;
      if (!Number.isFinite(value)) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  return [least, greatest];
}

function bitsOf(depth: string): string {
  const names: Readonly<Record<string, string>> = {
    char: '8 bits with a sign',
    short: '16 bits with a sign',
    int: '32 bits with a sign',
    uint: '32 bits',
    float: 'real numbers',
    double: 'real numbers of 64 bits',
  };
  return names[depth] ?? depth;
}
