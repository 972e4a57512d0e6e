import '../colour-canvas.ts';
import { expect, it } from 'vitest';
import {
  paletteBytes,
  parseColour,
  withAlpha,
} from '../../../../src-renderer/map/scene/colours.ts';

it('reads a colour as numbers from 0 to 1, the same ones each time', () => {
  const [red, green, blue, alpha] = parseColour('#33669980');
  expect([red, green, blue]).toEqual([0.2, 0.4, 0.6]);
  expect(alpha).toBeCloseTo(128 / 255, 9);
  expect(parseColour('#33669980')).toBe(parseColour('#33669980'));
  expect(parseColour('#fff')).toEqual([1, 1, 1, 1]);
});

it('refuses what is no colour, and a token that only the page can resolve', () => {
  expect(() => parseColour('reddish')).toThrow('"reddish"');
  expect(() => parseColour('var(--anchor)')).toThrow('resolved CSS colour');
  expect(() => parseColour('')).toThrow();
});

it('changes only the opacity', () => {
  expect(withAlpha([0.1, 0.2, 0.3, 1], 0.35)).toEqual([0.1, 0.2, 0.3, 0.35]);
});

it('lays a palette out in 256 pixels, what is past its end in its last colour', () => {
  const bytes = paletteBytes(['#010203', '#0a0b0c80']);
  expect(bytes).toHaveLength(1024);
  expect([...bytes.slice(0, 8)]).toEqual([1, 2, 3, 255, 10, 11, 12, 128]);
  expect([...bytes.slice(-4)]).toEqual([10, 11, 12, 128]);
  // Without any colour all are of the same middle grey.
  expect(new Set(paletteBytes([]))).toEqual(new Set([128, 255]));
});
