import sharp, { type Metadata, type Sharp } from 'sharp';
import { bmpSize, decodeBmp } from './decode-bmp.ts';
import { PictureError } from './picture-error.ts';
import { isCameraRaw, isReadable, sniffFormat, type PictureFormat } from './picture-format.ts';

/** A picture that is ready to be decoded: upright, sRGB, 8 bits, first frame, on white. */
export interface OpenedPicture {
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  /**
   * sharp's pipeline: add a resize and an output. Decoding happens then, and `decodeError` explains its
   * errors.
   */
  readonly image: Sharp;
}

/** The longest side, in pixels, of a picture that can be decoded piece by piece. */
const streamedSideLimit = 24_000;
/** The most pixels of a picture that must be held in memory as a whole: 400 MB of RGBA. */
const wholePixelLimit = 100_000_000;

/**
 * Reads a picture's header.
 * @throws PictureError empty-file, not-a-picture, unsupported-format, too-large, damaged
 */
export async function openPicture(path: string, bytes: Uint8Array): Promise<OpenedPicture> {
  const format = readableFormat(path, bytes);
  const base = format === 'bmp' ? openBmp(bytes) : await openWithSharp(bytes, format);
  const { width, height, image } = base;
  return {
    width,
    height,
    format,
    image: image.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb'),
  };
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

type BarePicture = Pick<OpenedPicture, 'width' | 'height' | 'image'>;

function openBmp(bytes: Uint8Array): BarePicture {
  checkSize({ ...bmpSize(bytes), isStreamed: false });
  const { width, height, rgb } = decodeBmp(bytes);
  return { width, height, image: sharp(rgb, { raw: { width, height, channels: 3 } }) };
}

async function openWithSharp(bytes: Uint8Array, format: PictureFormat): Promise<BarePicture> {
  const image = sharp(bytes, {
    // `checkSize` decides instead: the limit depends on whether the picture must be held as a whole.
    limitInputPixels: false,
    sequentialRead: true,
    // Harmless faults in a header are warnings; missing data is an error.
    failOn: 'error',
  });
  let metadata: Metadata;
  try {
    metadata = await image.metadata();
  } catch (error) {
    throw decodeError(error);
  }
  const { width, height } = metadata.autoOrient;
  checkSize({ width, height, isStreamed: isStreamed(metadata, format) });
  return { width, height, image };
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
