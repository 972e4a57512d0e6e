import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newDecoding } from '../../../src-main/contract/decoding.ts';
import type { Preprocessing } from '../../../src-main/contract/preprocessing.ts';
import { decodeFile } from '../../../src-main/engine/pictures/decode-file.ts';
import { decodeResized } from '../../../src-main/engine/pictures/decode-resized.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { noise } from './made-pictures.ts';

interface PillowCase {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly kernel: Preprocessing['kernel'];
  /** Base64 of RGB at a grid of 16 x 16 places. */
  readonly values: string;
}

/** Written by test/fixtures/pillow_resize.py. */
const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/pillow-resize.json'), 'utf8'),
) as PillowCase[];

function atGrid(rgb: Uint8Array, width: number, height: number): number[] {
  const places = (side: number) =>
    Array.from({ length: 16 }, (_, index) => Math.round((index * (side - 1)) / 15));
  return places(height).flatMap((y) =>
    places(width).flatMap((x) => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]),
  );
}

function largestDifference(values: readonly number[], expected: Uint8Array): number {
  expect(values).toHaveLength(expected.length);
  return Math.max(...values.map((value, index) => Math.abs(value - expected[index]!)));
}

async function noiseFile(width: number, height: number): Promise<{ path: string; hash: string }> {
  const path = join(temporaryFolder(), 'noise.png');
  const bytes = await noise(width, height, 7).png().toBuffer();
  writeFileSync(path, bytes);
  return { path, hash: createHash('sha256').update(bytes).digest('hex') };
}

describe('what a loaded encoder gets is within 2 levels of what Pillow makes', () => {
  test.each(cases)('$from to $to, $kernel', async ({ from, to, kernel, values }) => {
    const { path, hash } = await noiseFile(...from);
    const [width, height] = to;
    const plan = { mode: 'stretch', resize: Math.min(width, height), channels: 'rgb' } as const;
    const rgb = await decodeResized(path, hash, { ...plan, width, height, kernel }, newDecoding);
    expect(
      largestDifference(atGrid(rgb, width, height), Buffer.from(values, 'base64')),
    ).toBeLessThanOrEqual(2);
  });

  test('also where the middle is cut out of an enlarged picture', async () => {
    const { path, hash } = await noiseFile(90, 40);
    const plan = { mode: 'crop', resize: 224, width: 224, height: 224 } as const;
    const rest = { kernel: 'linear', channels: 'rgb' } as const;
    const cut = await decodeResized(path, hash, { ...plan, ...rest }, newDecoding);
    // 90 x 40 becomes 504 x 224, of which the middle begins at 140.
    const whole = await decodeResized(
      path,
      hash,
      { mode: 'stretch', resize: 224, width: 504, height: 224, ...rest },
      newDecoding,
    );
    for (const y of [0, 100, 223]) {
      const row = whole.subarray((y * 504 + 140) * 3, (y * 504 + 364) * 3);
      expect(cut.subarray(y * 224 * 3, (y + 1) * 224 * 3)).toEqual(row);
    }
  });
});

test('what a network is trained on is enlarged as Pillow does it, with Lanczos', async () => {
  const { path, hash } = await noiseFile(16, 16);
  const rgb = await decodeFile(path, hash, 64, newDecoding);
  const lanczos = cases.find(({ to, kernel }) => to[0] === 64 && kernel === 'lanczos3');
  expect(
    largestDifference(atGrid(rgb, 64, 64), Buffer.from(lanczos?.values ?? '', 'base64')),
  ).toBeLessThanOrEqual(2);
});

test('a library that was made before enlarges as it did, half a pixel to the right', async () => {
  const { path, hash } = await noiseFile(16, 16);
  const aligned = await decodeFile(path, hash, 64, newDecoding);
  const shifted = await decodeFile(path, hash, 64, { ...newDecoding, enlarging: 'shifted' });
  expect(shifted).not.toEqual(aligned);
  const expected = await noise(16, 16, 7).resize(64, 64).raw().toBuffer();
  expect(Buffer.from(shifted).equals(expected)).toBe(true);
});

test('a picture that shrinks is the same for training as before', async () => {
  const { path, hash } = await noiseFile(100, 70);
  const expected = await noise(100, 70, 7).resize(32, 32, { fit: 'cover' }).raw().toBuffer();
  expect(Buffer.from(await decodeFile(path, hash, 32, newDecoding)).equals(expected)).toBe(true);
});
