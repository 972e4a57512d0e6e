import { extname } from 'node:path';

/**
 * Formats of pictures that are read, and formats that are recognised only to be named when they are
 * skipped.
 */
export type PictureFormat =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'avif'
  | 'tiff'
  | 'bmp'
  | 'heic'
  | 'svg'
  | 'jxl'
  | 'jp2'
  | 'psd'
  | 'ico'
  | 'pdf';

const readable: ReadonlySet<PictureFormat> = new Set([
  'jpeg',
  'png',
  'webp',
  'gif',
  'avif',
  'tiff',
  'bmp',
]);

const pictureExtensions: ReadonlySet<string> = new Set(
  `.jpg .jpeg .jpe .jfif .png .apng .webp .gif .avif .tif .tiff .bmp .dib
   .heic .heif .svg .jxl .jp2 .psd .ico`.split(/\s+/),
);

const rawExtensions: ReadonlySet<string> = new Set(
  '.cr2 .cr3 .crw .nef .arw .dng .orf .rw2 .raf .pef .srw'.split(' '),
);

/** The number of bytes that `sniffFormat` reads. */
export const sniffLength = 512;

/**
 * Whether a file may be a picture by its name; `null` where only its first bytes can show it (no
 * extension).
 */
export function looksLikePicture(name: string): boolean | null {
  const extension = extname(name).toLowerCase();
  if (extension === '') return null;
  return pictureExtensions.has(extension) || rawExtensions.has(extension);
}

/**
 * Whether a file is a camera's raw file by its name: it begins like a TIFF, and a TIFF reader finds
 * only its small preview.
 */
export function isCameraRaw(name: string): boolean {
  return rawExtensions.has(extname(name).toLowerCase());
}

/** Whether pictures of this format are read. */
export function isReadable(format: PictureFormat): boolean {
  return readable.has(format);
}

// Signatures by offset, as Latin-1 text; in a BMP, byte 14 is the size of its header, which is below
// 256.
const signatures: readonly (readonly [PictureFormat, ...(readonly [number, string])[]])[] = [
  ['jpeg', [0, '\xff\xd8\xff']],
  ['png', [0, '\x89PNG\r\n\x1a\n']],
  ['gif', [0, 'GIF87a']],
  ['gif', [0, 'GIF89a']],
  ['webp', [0, 'RIFF'], [8, 'WEBP']],
  ['tiff', [0, 'II*\0']],
  ['tiff', [0, 'MM\0*']],
  ['tiff', [0, 'II+\0']],
  ['tiff', [0, 'MM\0+']],
  ['avif', [4, 'ftypavif']],
  ['avif', [4, 'ftypavis']],
  ['heic', [4, 'ftyphe']],
  ['heic', [4, 'ftypmif1']],
  ['heic', [4, 'ftypmsf1']],
  ['bmp', [0, 'BM'], [15, '\0\0\0']],
  ['jxl', [0, '\xff\x0a']],
  ['jxl', [0, '\0\0\0\x0cJXL ']],
  ['jp2', [0, '\0\0\0\x0cjP  ']],
  ['jp2', [0, '\xff\x4f\xff\x51']],
  ['psd', [0, '8BPS']],
  ['ico', [0, '\0\0\x01\0']],
  ['pdf', [0, '%PDF']],
];

/** The format by a file's first bytes (`sniffLength` of them, or all), or null. */
export function sniffFormat(head: Uint8Array): PictureFormat | null {
  const text = Buffer.from(head.subarray(0, sniffLength)).toString('latin1');
  const found = signatures.find(([, ...parts]) =>
    parts.every(([offset, part]) => text.startsWith(part, offset)),
  );
  return found?.[0] ?? (/<svg\b/i.test(text) ? 'svg' : null);
}
