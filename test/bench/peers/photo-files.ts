import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** A photo of 1280 x 1158 px that comes with the starter encoder's package; above this row it shows others. */
const photo = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/human')),
  '../assets/samples.jpg',
);
const firstRow = 200;

/** JPEG files to write: parts of a photo, so that they take as long to decode as photos do. */
interface PhotoFiles {
  readonly count: number;
  readonly width: number;
  readonly height: number;
}

/** Writes JPEG files of other parts of the photo, no two alike, into `pictures` of a folder. */
export async function writePhotos(
  folder: string,
  { count, width, height }: PhotoFiles,
): Promise<void> {
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  const { data, info } = await sharp(photo).raw().toBuffer({ resolveWithObject: true });
  const rows = info.height - firstRow - height;
  const encoded: Buffer[] = [];
  for (let part = 0; part < Math.min(count, mostParts); part += 1) {
    const left = (part * 37) % (info.width - width);
    const top = firstRow + ((part * 101) % rows);
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const cut = sharp(data, { raw }).extract({ left, top, width, height });
    encoded.push(await cut.jpeg({ quality: 85 }).toBuffer());
  }
  for (let file = 0; file < count; file += 1) {
    const part = encoded[file % encoded.length] ?? Buffer.alloc(0);
    const name = createHash('sha256').update(String(file)).digest('hex').slice(0, 16);
    writeFileSync(join(pictures, `${name}.jpg`), withComment(part, `picture ${file}`));
  }
}

/** Encoding more than these would take longer than what is measured. */
const mostParts = 500;

/** The same picture with a comment after its first two bytes: other bytes, another content hash. */
function withComment(jpeg: Buffer, text: string): Buffer {
  const comment = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, 0, 2 + comment.length]);
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)]);
}
