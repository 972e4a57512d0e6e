import type { PictureFormat } from './picture-format.ts';

/** In pixels. */
interface Sides {
  readonly width: number;
  readonly height: number;
}

/** A plain picture: grey or of three colours in 8 bits, upright, without profile. */
interface PlainPicture extends Sides {
  /** Its file without comments, new bytes; null where bytes come after the picture. */
  readonly bare: () => Uint8Array<ArrayBuffer> | null;
}

/**
 * The header of a picture that is plain. A decoder would say no more of it, and asking one takes a tenth of the
 * time of a small picture's thumbnail; and every program shows it alike.
 * @returns null for every other file, and for a header that is damaged
 */
export function plainPicture(format: PictureFormat, bytes: Uint8Array): PlainPicture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'jpeg') return plainJpeg(view);
  return format === 'png' ? plainPng(view) : null;
}

/** Markers of a frame's header that every decoder reads: baseline, extended and progressive, by Huffman's code. */
const frameMarkers: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const scanMarker = 0xda;
const commentMarker = 0xfe;

/**
 * Markers that change nothing in how a picture is shown: tables of quantisation and of Huffman's code, restarts,
 * JFIF's header and comments. What else there may be (Exif's orientation, a colour profile, Adobe's colour
 * transform) is for a decoder to say.
 */
const harmless: ReadonlySet<number> = new Set([0xdb, 0xc4, 0xdd, 0xe0, commentMarker]);

function plainJpeg(view: DataView): PlainPicture | null {
  let sides: Sides | null = null;
  const comments: [number, number][] = [];
  // A frame's header ends 10 bytes after its marker, but for its components.
  for (let at = 2; at + 10 <= view.byteLength;) {
    const marker = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0;
    if (marker === scanMarker) return sides && { ...sides, bare: () => bareJpeg(view, comments) };
    const end = at + 2 + view.getUint16(at + 2);
    if (sides === null && frameMarkers.has(marker)) {
      sides = sidesOfFrame(view, at + 4);
      if (sides === null) return null;
    } else if (!harmless.has(marker)) return null;
    if (marker === commentMarker) comments.push([at, end]);
    at = end;
  }
  return null;
}

function bareJpeg(
  view: DataView,
  comments: readonly (readonly [number, number])[],
): Uint8Array<ArrayBuffer> | null {
  if (view.getUint16(view.byteLength - 2) !== 0xffd9) return null;
  const jpeg = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const starts = [0, ...comments.map(([, end]) => end)];
  const ends = [...comments.map(([start]) => start), jpeg.length];
  const parts = starts.map((start, index) => jpeg.subarray(start, ends[index]));
  return new Uint8Array(Buffer.concat(parts));
}

/** Of precision, height, width and the number of components; null where they are not those of a plain JPEG. */
function sidesOfFrame(view: DataView, at: number): Sides | null {
  const [height, width] = [view.getUint16(at + 1), view.getUint16(at + 3)];
  const isPlain = view.getUint8(at) === 8 && [1, 3].includes(view.getUint8(at + 5));
  return isPlain && width > 0 && height > 0 ? { width, height } : null;
}

/** Bytes of a PNG's signature, and of a chunk but for its data: length and type, and a sum after the data. */
const signatureBytes = 8;
const chunkBytes = 12;
/** Bytes of the data of a PNG's first chunk, its header. */
const headerBytes = 13;

/** Chunks that change nothing in how a PNG is shown; what others say (gamma, turning, transparency) counts. */
const harmlessChunks: ReadonlySet<string> = new Set(['IDAT', 'pHYs', 'tIME']);

/** All chunks are looked at, as some of those that count may come after the data. */
function plainPng(view: DataView): PlainPicture | null {
  const sides = sidesOfPng(view);
  if (sides === null) return null;
  for (let at = signatureBytes + chunkBytes + headerBytes; at + chunkBytes <= view.byteLength;) {
    const type = textAt(view, at + 4);
    at += chunkBytes + view.getUint32(at);
    if (type === 'IEND')
      return at === view.byteLength ? { ...sides, bare: () => copyOf(view) } : null;
    if (!harmlessChunks.has(type)) return null;
  }
  return null;
}

/** Width, height, bits, kind of colour (0 grey, 2 RGB), and three zeros: deflated, filtered, not interlaced. */
function sidesOfPng(view: DataView): Sides | null {
  const start = signatureBytes + 8;
  if (view.byteLength < start + headerBytes || textAt(view, signatureBytes + 4) !== 'IHDR')
    return null;
  if (view.getUint32(signatureBytes) !== headerBytes) return null;
  const [width, height] = [view.getUint32(start), view.getUint32(start + 4)];
  const [bits, colour, ...rest] = new Uint8Array(view.buffer, view.byteOffset + start + 8, 5);
  const isPlain =
    bits === 8 && (colour === 0 || colour === 2) && rest.every((value) => value === 0);
  return isPlain && width > 0 && height > 0 ? { width, height } : null;
}

function copyOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4));
}
