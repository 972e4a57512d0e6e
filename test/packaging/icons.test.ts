import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../resources/icons');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

async function pngSize(bytes: Buffer): Promise<number | undefined> {
  const { format, width, height, hasAlpha } = await sharp(bytes).metadata();
  expect([format, height, hasAlpha]).toEqual(['png', width, true]);
  return width;
}

test('there is a PNG of every size, with transparent corners and an amber middle', async () => {
  for (const size of sizes) {
    const file = join(folder, `${size}x${size}.png`);
    expect(await pngSize(readFileSync(file))).toBe(size);
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(4);
    expect(data[3]).toBeLessThan(40);
    // Left of the middle's white dot.
    const at = 4 * (Math.floor(size / 2) * size + Math.floor(size * 0.425));
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    expect(red - blue).toBeGreaterThan(40);
    expect(red).toBeGreaterThan(green);
  }
});

test('the Windows icon has a PNG where each entry of its table says', async () => {
  const ico = readFileSync(join(folder, 'icon.ico'));
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 7]);
  for (const [index, size] of sizes.slice(0, 7).entries()) {
    const entry = 6 + 16 * index;
    expect(ico[entry]).toBe(size === 256 ? 0 : size);
    const [length, offset] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)];
    expect(await pngSize(ico.subarray(offset, offset + length))).toBe(size);
    if (index === 6) expect(offset + length).toBe(ico.length);
  }
});

test('the Mac’s icon is a chain of elements with a PNG of the size that each type stands for', async () => {
  const icns = readFileSync(join(folder, 'icon.icns'));
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const found: Record<string, number | undefined> = {};
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const png = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
    found[icns.toString('latin1', at, at + 4)] = await pngSize(png);
  }
  // Apple's types: ic07 to ic10 are 128 to 1024, ic11 to ic14 the doubled 16, 32, 128 and 256.
  expect(found).toEqual({
    ...{ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256 },
    ...{ ic09: 512, ic14: 512, ic10: 1024 },
  });
});
