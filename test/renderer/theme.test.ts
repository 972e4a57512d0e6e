import { describe, expect, it } from 'vitest';
import css from '../../src-renderer/theme.css?raw';
import { sights } from './colour-sights.ts';

/** The colour tokens of a rule, as hex; those of the light theme lie over the first ones. */
function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const rule = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...rule.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\s*;/g)].map(([, name, hex]) => [name!, hex!]),
  );
}

const dark = tokensOf(':root');
const light = new Map([...dark, ...tokensOf(":root[data-theme='light']")]);

/** Relative luminance (WCAG 2.1). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['page', 'panel', 'raised'];
/** Text at any size needs 4.5 : 1 (AA). */
const texts = [
  'text',
  'dim',
  'anchor-text',
  'hard-text',
  'false-text',
  'suspected-text',
  'ring-text',
  'bad',
];
/** Dots, lines and outlines that mean something need 3 : 1 (AA, 1.4.11). */
const marks = ['anchor', 'hard', 'false', 'suspected', 'ring', 'easy'];

/** CIE L*a*b* (D65) of a colour as one sees it. */
function labOf(hex: string, seen: readonly (readonly number[])[]): number[] {
  const linear = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const rgb = seen.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, part, at) => sum + part * linear[at]!, 0),
      ),
    ),
  );
  const [x, y, z] = [
    [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
    [0.2126, 0.7152, 0.0722],
    [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
  ].map((row) => {
    const value = row.reduce((sum, part, at) => sum + part * rgb[at]!, 0);
    return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
  }) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe.each([
  ['dark', dark],
  ['light', light],
])('the %s theme', (_name, tokens) => {
  const colour = (token: string): string => {
    const hex = tokens.get(token);
    if (hex === undefined) throw new Error(`theme.css has no token --${token}.`);
    return hex;
  };
  const ratio = (over: string, under: string) => contrast(colour(over), colour(under));

  it.each(texts)('has --%s readable on every ground', (text) => {
    for (const ground of grounds) expect(ratio(text, ground), ground).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)('has --%s visible on every ground', (mark) => {
    for (const ground of grounds) expect(ratio(mark, ground), ground).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(sights))('tells suspected from every other mark with %s cones', (eyes) => {
    const seen = sights[eyes]!;
    const own = labOf(colour('suspected'), seen);
    for (const mark of marks.filter((name) => name !== 'suspected')) {
      const other = labOf(colour(mark), seen);
      expect(Math.hypot(...own.map((part, at) => part - other[at]!)), mark).toBeGreaterThan(20);
    }
  });

  it('has text readable on the film and on the primary action', () => {
    expect(ratio('film-text', 'film')).toBeGreaterThanOrEqual(4.5);
    expect(ratio('film-dim', 'film')).toBeGreaterThanOrEqual(4.5);
    expect(ratio('on-anchor', 'anchor')).toBeGreaterThanOrEqual(4.5);
  });
});

it('measures contrast as WCAG defines it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
