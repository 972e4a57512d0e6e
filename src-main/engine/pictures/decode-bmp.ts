import { PictureError } from './picture-error.ts';

/** RGB bytes [height, width, 3], row-major, the top row first. */
interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  readonly pixelOffset: number;
  /** Blue, green, red and an unused byte for each colour. */
  readonly palette: Uint8Array;
}

/** Width and height in pixels, from the header alone. */
export function bmpSize(bytes: Uint8Array): { width: number; height: number } {
  return readHeader(bytes);
}

/**
 * Decodes an uncompressed BMP of 1, 4, 8, 24 or 32 bits a pixel (BITMAPINFOHEADER of the Windows
 * GDI reference), which sharp cannot read.
 * @throws PictureError unsupported-format, damaged
 */
export function decodeBmp(bytes: Uint8Array): RgbPicture {
  const header = readHeader(bytes);
  const { width, height, bitsPerPixel, pixelOffset } = header;
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4;
  if (pixelOffset + rowBytes * height > bytes.length) {
    throw new PictureError('damaged', 'Is damaged or cut short (a BMP with too few bytes).');
  }
  const rgb = new Uint8Array(width * height * 3);
  const copyRow = bitsPerPixel >= 24 ? copyDirectRow : copyPaletteRow;
  for (let y = 0; y < height; y++) {
    const storedRow = header.isTopDown ? y : height - 1 - y;
    const start = pixelOffset + storedRow * rowBytes;
    copyRow(header, bytes.subarray(start, start + rowBytes), rgb.subarray(y * width * 3));
  }
  return { width, height, rgb };
}

function readHeader(bytes: Uint8Array): BmpHeader {
  if (bytes.length < 54) {
    throw new PictureError('damaged', 'Is damaged or cut short (a BMP without its header).');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(14, true);
  const bitsPerPixel = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  if (headerBytes < 40 || !isPlain(view, bitsPerPixel, compression)) {
    throw new PictureError(
      'unsupported-format',
      `Is a BMP of a rare kind (${bitsPerPixel} bits, compression ${compression}); save it as PNG to use it.`,
    );
  }
  const height = view.getInt32(22, true);
  const width = view.getInt32(18, true);
  if (width <= 0 || height === 0) {
    throw new PictureError('damaged', 'Is damaged (a BMP without a size).');
  }
  const colours = view.getUint32(46, true) || 2 ** Math.min(bitsPerPixel, 8);
  return {
    width,
    height: Math.abs(height),
    isTopDown: height < 0,
    bitsPerPixel,
    pixelOffset: view.getUint32(10, true),
    palette: bytes.subarray(14 + headerBytes, 14 + headerBytes + colours * 4),
  };
}

function isPlain(view: DataView, bitsPerPixel: number, compression: number): boolean {
  if (compression === 0) return [1, 4, 8, 24, 32].includes(bitsPerPixel);
  // Many programs write plain 32-bit pixels as BI_BITFIELDS: accepted with the usual masks.
  return (
    compression === 3 &&
    bitsPerPixel === 32 &&
    view.byteLength >= 66 &&
    view.getUint32(54, true) === 0xff0000 &&
    view.getUint32(58, true) === 0xff00 &&
    view.getUint32(62, true) === 0xff
  );
}

function copyDirectRow({ width, bitsPerPixel }: BmpHeader, row: Uint8Array, rgb: Uint8Array): void {
  const pixelBytes = bitsPerPixel / 8;
  for (let x = 0; x < width; x++) {
    rgb[x * 3] = row[x * pixelBytes + 2] ?? 0;
    rgb[x * 3 + 1] = row[x * pixelBytes + 1] ?? 0;
    rgb[x * 3 + 2] = row[x * pixelBytes] ?? 0;
  }
}

function copyPaletteRow(header: BmpHeader, row: Uint8Array, rgb: Uint8Array): void {
  const { width, bitsPerPixel, palette } = header;
  const mask = 2 ** bitsPerPixel - 1;
  for (let x = 0; x < width; x++) {
    const bit = x * bitsPerPixel;
    const shift = 8 - bitsPerPixel - (bit & 7);
    const colour = (((row[bit >> 3] ?? 0) >> shift) & mask) * 4;
    rgb[x * 3] = palette[colour + 2] ?? 0;
    rgb[x * 3 + 1] = palette[colour + 1] ?? 0;
    rgb[x * 3 + 2] = palette[colour] ?? 0;
  }
}
