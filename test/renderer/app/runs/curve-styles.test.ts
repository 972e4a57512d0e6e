import { describe, expect, it } from 'vitest';
import { curveStyles, mostCurveStyles } from '../../../../src-renderer/app/runs/curve-styles.ts';
import { sights } from '../../colour-sights.ts';

type Triple = readonly [number, number, number];

function linear(hex: string): Triple {
  const channel = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Relative luminances of WCAG 2.2, as a contrast. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

/** OKLab of a colour (Ottosson 2020) as it is seen without one kind of cones. */
function seen(hex: string, sight: readonly Triple[]): Triple {
  const times = (rows: readonly Triple[], [a, b, c]: Triple): Triple =>
    rows.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;
  const clipped = times(sight, linear(hex)).map((v) => Math.min(1, Math.max(0, v)));
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    clipped as unknown as Triple,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt) as unknown as Triple,
  );
}

const sides = {
  dark: { grounds: ['#15181d', '#0d0f12'], current: '#f2b33d' },
  light: { grounds: ['#fffefb', '#f4f3ef'], current: '#b37400' },
} as const;
const runs = (count: number): number[] => Array.from({ length: count }, (_, run) => run + 1);

describe.each(['dark', 'light'] as const)('the curves of runs (%s)', (theme) => {
  const colours = [...curveStyles(runs(6), theme).values()].map(({ colour }) => colour);

  it('stand out from page and panel', () => {
    for (const colour of colours) {
      for (const ground of sides[theme].grounds) {
        expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it.each(Object.entries(sights))('have colours that differ to eyes with %s cones', (_, sight) => {
    const all = [...colours, sides[theme].current].map((colour) => seen(colour, sight));
    for (const [index, one] of all.entries()) {
      for (const other of all.slice(0, index)) {
        expect(Math.hypot(...one.map((v, at) => v - other[at]!))).toBeGreaterThan(0.1);
      }
    }
  });

  it('are all different, by colour or by dashes, also for ten runs and more', () => {
    for (const count of [10, 12, mostCurveStyles]) {
      const styles = [...curveStyles(runs(count), theme).values()];
      expect(new Set(styles.map(({ colour, dash }) => `${colour} ${dash}`)).size).toBe(count);
    }
  });
});

describe('the style of a run', () => {
  it('is a whole line in a colour of its own for up to six, whatever their numbers', () => {
    for (const six of [
      [1, 7, 13, 19, 25, 31],
      [2, 3, 40, 41, 46, 52],
    ]) {
      const styles = [...curveStyles(six, 'dark').values()];
      expect(new Set(styles.map(({ colour }) => colour)).size).toBe(6);
      expect(styles.map(({ dash }) => dash)).toEqual(['', '', '', '', '', '']);
    }
  });

  it('does not depend on the order of the rows, and stays when others go that wanted another', () => {
    const all = curveStyles([1, 2, 3], 'dark');
    expect(curveStyles([3, 1, 2], 'dark')).toEqual(all);
    expect(curveStyles([1, 3], 'dark').get(3)).toEqual(all.get(3));
  });
});
