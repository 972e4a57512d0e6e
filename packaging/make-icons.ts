import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { icnsFile, icoFile } from './icon-containers.ts';

const resources = join(import.meta.dirname, '../resources');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** Runs `npm run icons`: makes every icon of the desktop app from resources/icon.svg. */
const drawing = readFileSync(join(resources, 'icon.svg'));
const folder = join(resources, 'icons');
mkdirSync(folder, { recursive: true });
const images = await Promise.all(
  sizes.map(async (size) => ({
    size,
    // The drawing is 1024 units wide: 72 dots an inch draw it in as many pixels.
    png: await sharp(drawing, { density: Math.max(72, (4 * 72 * size) / 1024) })
      .resize(size, size)
      .png({ compressionLevel: 9, palette: false })
      .toBuffer(),
  })),
);
for (const { size, png } of images) writeFileSync(join(folder, `${size}x${size}.png`), png);
writeFileSync(join(folder, 'icon.ico'), icoFile(images.filter(({ size }) => size <= 256)));
writeFileSync(join(folder, 'icon.icns'), icnsFile(images));
