/** How the values of a TIFF are written: their bits, their SampleFormat (TIFF 6.0, tag 339), one value. */
const kinds = {
  int8: {
    bits: 8,
    format: 2,
    write: (view: DataView, at: number, v: number) => view.setInt8(at, v),
  },
  int16: {
    bits: 16,
    format: 2,
    write: (view: DataView, at: number, v: number) => view.setInt16(at, v, true),
  },
  int32: {
    bits: 32,
    format: 2,
    write: (view: DataView, at: number, v: number) => view.setInt32(at, v, true),
  },
  uint8: {
    bits: 8,
    format: 1,
    write: (view: DataView, at: number, v: number) => view.setUint8(at, v),
  },
  uint16: {
    bits: 16,
    format: 1,
    write: (view: DataView, at: number, v: number) => view.setUint16(at, v, true),
  },
  uint32: {
    bits: 32,
    format: 1,
    write: (view: DataView, at: number, v: number) => view.setUint32(at, v, true),
  },
  float16: {
    bits: 16,
    format: 3,
    write: (view: DataView, at: number, v: number) => view.setFloat16(at, v, true),
  },
  float32: {
    bits: 32,
    format: 3,
    write: (view: DataView, at: number, v: number) => view.setFloat32(at, v, true),
  },
  float64: {
    bits: 64,
    format: 3,
    write: (view: DataView, at: number, v: number) => view.setFloat64(at, v, true),
  },
} as const;
/** Tag, type (3: 16 bits, 4: 32 bits) and numbers. */
type Tag = [number, number, number[]];
export type TiffKind = keyof typeof kinds;

/** An uncompressed TIFF of one strip; `values` is [height, width, channels]. */
export function tiff(
  kind: TiffKind,
  values: readonly number[],
  { width, height, channels = 1 }: { width: number; height: number; channels?: number },
): Buffer {
  const { bits, format, write } = kinds[kind];
  const pixels = Buffer.alloc((values.length * bits) / 8);
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  for (const [index, value] of values.entries()) write(view, (index * bits) / 8, value);
  // Tag 338 says what channels beyond the colours are: 0, unspecified.
  const extra = channels - (channels < 3 ? 1 : 3);
  const tags: Tag[] = [
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, Array<number>(channels).fill(bits)],
    [259, 3, [1]],
    [262, 3, [channels < 3 ? 1 : 2]],
    [273, 4, [8]],
    [277, 3, [channels]],
    [278, 4, [height]],
    [279, 4, [pixels.length]],
    ...(extra > 0 ? [[338, 3, Array<number>(extra).fill(0)] as Tag] : []),
    [339, 3, Array<number>(channels).fill(format)],
  ];
  const start = 8 + pixels.length + (pixels.length % 2);
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(start, 4);
  return Buffer.concat([header, pixels, Buffer.alloc(pixels.length % 2), directory(tags, start)]);
}

/** An image file directory that begins at `start`, and the numbers that do not fit into it. */
function directory(tags: readonly Tag[], start: number): Buffer {
  const entries = Buffer.alloc(2 + tags.length * 12 + 4);
  entries.writeUInt16LE(tags.length, 0);
  let beyond = Buffer.alloc(0);
  for (const [index, [tag, type, numbers]] of tags.entries()) {
    const at = 2 + index * 12;
    entries.writeUInt16LE(tag, at);
    entries.writeUInt16LE(type, at + 2);
    entries.writeUInt32LE(numbers.length, at + 4);
    const bytes = numbersOf(type, numbers);
    if (bytes.length === 4) bytes.copy(entries, at + 8);
    else {
      entries.writeUInt32LE(start + entries.length + beyond.length, at + 8);
      beyond = Buffer.concat([beyond, bytes]);
    }
  }
  return Buffer.concat([entries, beyond]);
}

function numbersOf(type: number, numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(Math.max(4, numbers.length * (type === 3 ? 2 : 4)));
  for (const [place, number] of numbers.entries()) {
    if (type === 3) bytes.writeUInt16LE(number, place * 2);
    else bytes.writeUInt32LE(number, place * 4);
  }
  return bytes;
}
