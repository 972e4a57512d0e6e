interface ByteReader {
  readonly view: DataView;
  offset: number;
}

/**
 * Reads numbers of `width` bits that are stored as runs and packed groups (Parquet's RLE/bit-packing hybrid)
 * until `output` is full. hyparquet's own reader takes each run as long as it says it is, whatever there is
 * room for.
 * @throws RangeError where the bytes end before
 */
export function readRunLengths(
  reader: ByteReader,
  width: number,
  output: Uint8Array | Uint32Array,
): void {
  if (!(width >= 0 && width <= 32)) throw new RangeError(`No numbers have ${width} bits.`);
  let filled = 0;
  while (filled < output.length) {
    const head = readHead(reader);
    const count = head % 2 === 1 ? 8 * Math.floor(head / 2) : head / 2;
    const end = Math.min(output.length, filled + count);
    if (head % 2 === 1) readPacked(reader, width, output.subarray(filled, end), count);
    else output.fill(readValue(reader, width), filled, end);
    filled = end;
  }
}

function readHead(reader: ByteReader): number {
  let value = 0;
  for (let bits = 0; bits < 35; bits += 7) {
    const byte = reader.view.getUint8(reader.offset++);
    value += (byte & 0x7f) * 2 ** bits;
    if (byte < 0x80) return value;
  }
  throw new RangeError('The length of a run is longer than five bytes.');
}

function readValue(reader: ByteReader, width: number): number {
  let value = 0;
  for (let byte = 0; byte < Math.ceil(width / 8); byte++) {
    value += reader.view.getUint8(reader.offset++) * 2 ** (8 * byte);
  }
  return value;
}

/** Of `count` packed numbers only as many are read as there is room for; the last group may be cut off. */
function readPacked(
  reader: ByteReader,
  width: number,
  output: Uint8Array | Uint32Array,
  count: number,
): void {
  const { view, offset } = reader;
  for (let index = 0, bit = 8 * offset; index < output.length; index++) {
    let value = 0;
    for (let read = 0; read < width;) {
      const inByte = bit % 8;
      const taken = Math.min(8 - inByte, width - read);
      const part = (view.getUint8((bit - inByte) / 8) >> inByte) & ((1 << taken) - 1);
      value += part * 2 ** read;
      read += taken;
      bit += taken;
    }
    output[index] = value;
  }
  reader.offset = offset + Math.ceil((count * width) / 8);
}
