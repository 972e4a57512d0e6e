import { describe, expect, it } from 'vitest';
import { labelColours } from '../../../../src-renderer/app/map/label-colours.ts';

/** From a hex colour to OKLCH by Ottosson's own matrices from linear sRGB, the other way round. */
function oklch(hex: string): { lightness: number; chroma: number; hue: number } {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(x, y),
    hue: (Math.atan2(y, x) * 180) / Math.PI,
  };
}

function degreesApart(a: number, b: number): number {
  const apart = Math.abs(a - b) % 360;
  return Math.min(apart, 360 - apart);
}

describe('the colours of labels', () => {
  it('are none for no label, and one for one', () => {
    expect(labelColours(0, 'dark')).toEqual([]);
    expect(labelColours(1, 'light')).toEqual([expect.stringMatching(/^#[0-9a-f]{6}$/)]);
  });

  it.each([
    ['dark', [0.79, 0.66]],
    ['light', [0.6, 0.47]],
  ] as const)('in the %s theme alternate in lightness, with hues evenly round', (theme, steps) => {
    const count = 12;
    labelColours(count, theme).forEach((hex, index) => {
      const { lightness, chroma, hue } = oklch(hex);
      // The deepest colours lie a little outside sRGB and are cut to it.
      expect(Math.abs(lightness - (steps[index % 2] ?? 0))).toBeLessThan(0.02);
      expect(chroma).toBeGreaterThan(0.07);
      expect(degreesApart(hue, 255 + index * 30)).toBeLessThan(10);
    });
  });

  it('are different for every label, also for more labels than hues are told apart', () => {
    for (const theme of ['dark', 'light'] as const) {
      const colours = labelColours(60, theme);
      expect(new Set(colours).size).toBe(60);
    }
  });
});
