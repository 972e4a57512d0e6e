import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

export const emojiFolder = join(import.meta.dirname, '../../fixtures/emoji');

/** Writes files under a folder, making sub-folders as their paths ask. */
export function writeFiles(
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** A picture, left half red, right half blue: orientation and colours can be checked. */
export function redAndBlue(width: number, height: number): Sharp {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgb[pixel * 3 + (pixel % width < width / 2 ? 0 : 2)] = 255;
  }
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

/** Noise that no codec shrinks to nothing, the same for the same seed. */
export function noise(width: number, height: number, seed: number): Sharp {
  let state = seed;
  const rgb = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

/** Two frames, the first red and the second blue. */
export async function animatedGif(): Promise<Buffer> {
  const frames = ['#ff0000', '#0000ff'].map((background) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .gif({ delay: [100, 100] })
    .toBuffer();
}

/** An uncompressed 24-bit BMP of rows of [red, green, blue], top row first. */
export function bmp24(rows: readonly (readonly (readonly [number, number, number])[])[]): Buffer {
  const width = rows[0]?.length ?? 0;
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bytes = bmpHeader({ width, height: rows.length, bits: 24, colours: 0 }, rowBytes);
  for (const [y, row] of rows.entries()) {
    const start = 54 + (rows.length - 1 - y) * rowBytes;
    for (const [x, [red, green, blue]] of row.entries()) {
      bytes.set([blue, green, red], start + x * 3);
    }
  }
  return bytes;
}

/** A BMP with a black and white palette, one byte of pixels in each of its rows, top row first. */
export function bmpWithPalette(bits: 1 | 4 | 8, width: number, rows: readonly number[]): Buffer {
  const bytes = bmpHeader({ width, height: -rows.length, bits, colours: 2 }, 4);
  bytes.set([0, 0, 0, 0, 255, 255, 255, 0], 54);
  for (const [y, row] of rows.entries()) bytes[62 + y * 4] = row;
  return bytes;
}

function bmpHeader(
  picture: { width: number; height: number; bits: number; colours: number },
  rowBytes: number,
): Buffer {
  const start = 54 + picture.colours * 4;
  const bytes = Buffer.alloc(start + rowBytes * Math.abs(picture.height));
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(start, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(picture.width, 18);
  bytes.writeInt32LE(picture.height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(picture.bits, 28);
  bytes.writeUInt32LE(picture.colours, 46);
  return bytes;
}

/** Mean red, green and blue of the left and the right half of a picture. */
export async function halves(image: Uint8Array): Promise<[number[], number[]]> {
  const { width, height } = await sharp(image).metadata();
  const meanOf = async (left: number): Promise<number[]> => {
    const half = { left, top: 0, width: Math.floor(width / 2), height };
    const { channels } = await sharp(await sharp(image).extract(half).png().toBuffer()).stats();
    return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
  };
  return [await meanOf(0), await meanOf(Math.ceil(width / 2))];
}

/** A white PNG of one bit a pixel: small even where the picture is not. */
export function whitePng(width: number, height: number, options = { interlaced: false }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  header[12] = Number(options.interlaced);
  const row = Buffer.alloc(1 + Math.ceil(width / 8), 0xff);
  row[0] = 0;
  const rows = Buffer.alloc(row.length * height, row);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(content.length, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), typed.length + 4);
  return chunk;
}
