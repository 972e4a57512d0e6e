import { describe, expect, it } from 'vitest';
import { colourHistograms } from '../../../src-main/engine/networks/colour-histograms.ts';
import {
  hogAndColour,
  hogDimensions,
  hogSide,
} from '../../../src-main/engine/networks/hog-and-colour.ts';
import { orientedGradients } from '../../../src-main/engine/networks/oriented-gradients.ts';
import { openCvPicture, picture } from './hog-pictures.ts';

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, offset) => sum + value * b[offset]!, 0);
}

describe('histograms of oriented gradients', () => {
  it('are those of OpenCV (fixtures/hog_opencv.py), whose arc tangent is approximate', () => {
    const { rgb, expected } = openCvPicture();
    const found = orientedGradients(rgb, hogSide);
    expect(found).toHaveLength(expected.length);
    const worst = Math.max(...expected.map((value, offset) => Math.abs(value - found[offset]!)));
    expect(worst).toBeLessThan(1e-3);
  });
});

describe('histograms of colour', () => {
  it('share a pixel among the colours around its own, by quarter', () => {
    const grey = colourHistograms(
      picture(() => 128),
      hogSide,
    );
    // 128 lies between the levels 85 and 170.
    const up = 128 / 85 - 1;
    const [dark, light] = [(1 - up) ** 3, up ** 3].map((share) => Math.sqrt(share * 24 * 24));
    for (const quarter of [0, 1, 2, 3]) {
      const index = (level: number): number => quarter * 64 + level * (16 + 4 + 1);
      expect(grey[index(1)]).toBeCloseTo(dark!, 3);
      expect(grey[index(2)]).toBeCloseTo(light!, 3);
    }
    const redAbove = colourHistograms(
      picture((_, y, channel) => (channel === 0 && y < 24 ? 255 : 0)),
      hogSide,
    );
    expect(Object.entries(redAbove).filter(([, count]) => count > 0)).toEqual([
      ['48', 24],
      ['112', 24],
      ['128', 24],
      ['192', 24],
    ]);
  });
});

describe('HOG and colour', () => {
  const stripes = (isDown: boolean, colour: readonly number[]): Float32Array =>
    hogAndColour(
      picture((x, y, channel) => (Math.floor((isDown ? x : y) / 8) % 2 ? 20 : colour[channel]!)),
    );
  const red = stripes(true, [230, 30, 30]);

  it('is a unit vector, of a plain picture too', () => {
    const plain = hogAndColour(picture(() => 90));
    for (const vector of [red, plain]) {
      expect(vector).toHaveLength(hogDimensions);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  });

  it('tells directions and colours apart, and hardly the strength of edges', () => {
    const paler = cosine(red, stripes(true, [200, 40, 40]));
    expect(paler).toBeGreaterThan(0.9);
    expect(cosine(red, stripes(false, [230, 30, 30]))).toBeLessThan(paler - 0.3);
    expect(cosine(red, stripes(true, [30, 30, 230]))).toBeLessThan(paler - 0.05);
  });
});
