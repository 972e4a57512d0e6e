import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import type { UnitRows } from '../../../src-main/engine/numeric/unit-rows.ts';
import { normaliseRows } from '../neighbours/random-unit-rows.ts';

const side = 12;

/** Real pictures as vectors: `count` emoji, drawn by Noto, 12 x 12 RGB pixels minus their mean, unit length. */
export async function emojiPixels(count: number): Promise<UnitRows> {
  const path = createRequire(import.meta.url).resolve('@iconify-json/noto/icons.json');
  const { icons } = JSON.parse(await readFile(path, 'utf8')) as {
    icons: Record<string, { body: string }>;
  };
  const bodies = Object.values(icons).map(({ body }) => body);
  const stride = Math.floor(bodies.length / count);
  const dimensions = side * side * 3;
  const vectors = new Float32Array(count * dimensions);
  await Promise.all(
    Array.from({ length: count }, async (_, row) => {
      const pixels = await render(bodies[row * stride]!);
      const mean = pixels.reduce((sum, value) => sum + value, 0) / dimensions;
      vectors.set(
        Float32Array.from(pixels, (value) => value - mean),
        row * dimensions,
      );
    }),
  );
  return { vectors: normaliseRows(vectors, dimensions), count, dimensions };
}

async function render(body: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 128 128">${body}</svg>`;
  return await sharp(Buffer.from(svg))
    .resize(side, side)
    .flatten({ background: '#888' })
    .removeAlpha()
    .raw()
    .toBuffer();
}
