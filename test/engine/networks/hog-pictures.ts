import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hogSide } from '../../../src-main/engine/networks/hog-and-colour.ts';

/** RGB bytes [48, 48, 3] by a formula. */
export function picture(byteAt: (x: number, y: number, channel: number) => number): Uint8Array {
  return Uint8Array.from({ length: hogSide * hogSide * 3 }, (_, offset) => {
    const pixel = Math.floor(offset / 3);
    return byteAt(pixel % hogSide, Math.floor(pixel / hogSide), offset % 3);
  });
}

/** The picture of fixtures/hog_opencv.py, and OpenCV's HOG of it. */
export function openCvPicture(): { rgb: Uint8Array; expected: readonly number[] } {
  const file = join(import.meta.dirname, '../../fixtures/hog-opencv.json');
  const expected = JSON.parse(readFileSync(file, 'utf8')) as number[];
  const rgb = picture((x, y, channel) => {
    const isDisc = (x - 20) ** 2 + (y - 25) ** 2 < 180 + 60 * channel;
    const stripes = (5 * x + 3 * y * channel) % 64;
    return (40 * channel + Math.floor((isDisc ? 90 : 0) / (channel + 1)) + stripes) % 256;
  });
  return { rgb, expected };
}
