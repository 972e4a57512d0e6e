import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Background } from '../../contract/decoding.ts';
import { bmpSize, decodeBmp } from './decode-bmp.ts';
import { layOnBackground } from './lay-on-background.ts';
import { PictureError } from './picture-error.ts';
import { isCameraRaw, isReadable, sniffFormat, type PictureFormat } from './picture-format.ts';
import { plainPicture } from './plain-picture.ts';
import { withEndMarker } from './repair-jpeg.ts';
import { hasWideValues, narrowValues } from './wide-values.ts';

/** A picture that is ready to be decoded: upright, sRGB, 8 bits, first frame, on its background. */
export interface OpenedPicture {
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  /**
   * A new pipeline of sharp: add a resize and an output. Decoding happens then, and `decodeError` explains
   * its errors.
   */
  readonly image: () => Sharp;
  /**
   * The bytes of its file that are the picture and nothing else, which every program that reads its format shows
   * alike; null where it is not so simple.
   */
  readonly bare: () => Uint8Array<ArrayBuffer> | null;
  /** A sentence on what is wrong with the file, or on how it was read; empty where there is nothing. */
  readonly note: string;
  /** Whether the file has transparency, and none of the picture is visible. */
  readonly isTransparent: () => Promise<boolean>;
}

/** The longest side, in pixels, of a picture that can be decoded piece by piece. */
const streamedSideLimit = 24_000;
/** The most pixels of a picture that must be held in memory as a whole: 400 MB of RGBA. */
const wholePixelLimit = 100_000_000;

/**
 * Reads a picture's header.
 * @param isStrict whether missing data in a JPEG with an end marker is an error, too
 * @throws PictureError empty-file, not-a-picture, unsupported-format, too-large, damaged
 */
export async function openPicture(
  path: string,
  bytes: Uint8Array,
  background: Background,
  isStrict = false,
): Promise<OpenedPicture> {
  const format = readableFormat(path, bytes);
  const file =
    format === 'bmp'
      ? openBmp(bytes)
      : await openWithSharp(bytes, format, { background, isStrict });
  const { width, height, note, hasAlpha, bare = () => null, open } = file;
  try {
    const image = await layOnBackground(() => open().autoOrient(), { hasAlpha, background });
    const isTransparent = async (): Promise<boolean> => hasAlpha && (await isClear(open()));
    return { width, height, format, image, bare, note, isTransparent };
  } catch (error) {
    throw decodeError(error);
  }
}

async function isClear(image: Sharp): Promise<boolean> {
  const { channels } = await image.stats();
  return channels.at(-1)?.max === 0;
}

/** The error of a failed decoding as a PictureError. */
export function decodeError(error: unknown): PictureError {
  if (error instanceof PictureError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const cause = message.trim().split('\n').at(-1) ?? message;
  // libvips has one buffer of messages for all threads: another thread may have taken this message.
  const detail = cause === 'Unknown error' ? '' : ` (${cause})`;
  return new PictureError('damaged', `Is damaged or cut short${detail}.`, { cause: error });
}

function readableFormat(path: string, bytes: Uint8Array): PictureFormat {
  if (bytes.length === 0) throw new PictureError('empty-file', 'Is empty: 0 bytes.');
  if (isCameraRaw(path)) throw unsupportedFormat('camera raw');
  const format = sniffFormat(bytes);
  if (format === null) {
    throw new PictureError('not-a-picture', 'Is not a picture, whatever its name says.');
  }
  if (isReadable(format)) return format;
  throw unsupportedFormat(format.toUpperCase());
}

function unsupportedFormat(name: string): PictureError {
  return new PictureError(
    'unsupported-format',
    `Is a ${name} file, which Negatoscope does not read; save it as JPEG or PNG to use it.`,
  );
}

interface PictureFile extends Pick<OpenedPicture, 'width' | 'height' | 'note'> {
  readonly bare?: OpenedPicture['bare'];
  readonly hasAlpha: boolean;
  /** A new pipeline that does nothing yet. */
  readonly open: () => Sharp;
}

function openBmp(bytes: Uint8Array): PictureFile {
  checkSize({ ...bmpSize(bytes), isStreamed: false });
  const { width, height, rgb } = decodeBmp(bytes);
  const open = (): Sharp => sharp(rgb, { raw: { width, height, channels: 3 } });
  return { width, height, open, note: '', hasAlpha: false };
}

async function openWithSharp(
  given: Uint8Array,
  format: PictureFormat,
  { background, isStrict }: { readonly background: Background; readonly isStrict: boolean },
): Promise<PictureFile> {
  const repaired = format === 'jpeg' ? withEndMarker(given) : null;
  const open = (): Sharp =>
    sharp(repaired ?? given, {
      // `checkSize` decides instead: the limit depends on whether the picture must be held as a whole.
      limitInputPixels: false,
      sequentialRead: true,
      // Harmless faults in a header are warnings; missing data is an error, and with an end marker of
      // ours a warning.
      failOn: repaired || (isStrict && format === 'jpeg') ? 'warning' : 'error',
    });
  const note = repaired ? 'Its file lacks the end marker of a JPEG; the picture is whole.' : '';
  const plain = plainPicture(format, given);
  if (plain !== null && plain.width * plain.height <= wholePixelLimit) {
    const { width, height, bare } = plain;
    return { width, height, open, note, hasAlpha: false, ...(!repaired && { bare }) };
  }
  try {
    const metadata = await open().metadata();
    refuseRareKind(metadata);
    const { hasAlpha } = metadata;
    const { width, height } = metadata.autoOrient;
    const isWhole = hasAlpha && background === 'checkerboard';
    checkSize({ width, height, isStreamed: isStreamed(metadata, format) && !isWhole });
    if (hasWideValues(metadata)) {
      return { ...(await narrowValues(open, metadata)), hasAlpha: false };
    }
    return { width, height, open, note, hasAlpha };
  } catch (error) {
    throw openError(error);
  }
}

function refuseRareKind({ channels, space, depth }: Metadata): void {
  const most = space === 'cmyk' ? 5 : 4;
  if (channels <= most && !/complex/.test(depth)) return;
  throw new PictureError(
    'unsupported-format',
    channels > most
      ? `Has ${channels} channels instead of the 1 to 4 of a picture; save it as RGB to use it.`
      : 'Holds complex numbers; save it with 8 bits to use it.',
  );
}

function openError(error: unknown): PictureError {
  const isOfRareBits = error instanceof Error && /samples out of range/.test(error.message);
  if (!isOfRareBits) return decodeError(error);
  return new PictureError(
    'unsupported-format',
    'Is a TIFF whose values have more than 32 bits; save it with 8 or 16 bits to use it.',
    { cause: error },
  );
}

// An interlaced picture, or one that must be turned, is decoded as a whole before its first row is
// available.
function isStreamed(metadata: Metadata, format: PictureFormat): boolean {
  const isUpright = (metadata.orientation ?? 1) === 1;
  return isUpright && !metadata.isProgressive && ['jpeg', 'png'].includes(format);
}

function checkSize(picture: { width: number; height: number; isStreamed: boolean }): void {
  const { width, height } = picture;
  if (width * height <= wholePixelLimit) return;
  const size = `Is ${width.toLocaleString('en')} x ${height.toLocaleString('en')} pixels`;
  if (Math.max(width, height) > streamedSideLimit) {
    const limit = streamedSideLimit.toLocaleString('en');
    throw new PictureError('too-large', `${size}; the limit is ${limit} x ${limit}.`);
  }
  if (!picture.isStreamed) {
    throw new PictureError(
      'too-large',
      `${size}; the limit is 100 million pixels for a file that cannot be read in pieces (all but plain JPEG and PNG).`,
    );
  }
}
