import { describe, expect, it } from 'vitest';
import css from '../../src-renderer/theme.css?raw';

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
const texts = ['text', 'dim', 'anchor-text', 'hard-text', 'false-text', 'ring-text', 'bad'];
/** Dots, lines and outlines that mean something need 3 : 1 (AA, 1.4.11). */
const marks = ['anchor', 'hard', 'false', 'ring', 'easy'];

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
