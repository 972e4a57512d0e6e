import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Fills a folder with `count` pictures that all differ: enough work to be interrupted. */
export async function makeManyPictures(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const side = 400;
  for (let picture = 0; picture < count; picture++) {
    const rgb = Buffer.alloc(side * side * 3, picture);
    rgb.writeUInt32LE(picture, 0);
    await sharp(rgb, { raw: { width: side, height: side, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toFile(join(folder, `${String(picture).padStart(4, '0')}.png`));
  }
}
