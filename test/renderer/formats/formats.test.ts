import { describe, expect, it } from 'vitest';
import { formatCount } from '../../../src-main/contract/format-count.ts';
import {
  countOf,
  formatBytes,
  formatDuration,
  formatNumber,
  formatRate,
  formatShare,
  formatSimilarity,
  formatTime,
} from '../../../src-renderer/formats/formats.ts';

describe('counts', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1118, '1,118'],
    [50_000, '50,000'],
    [1_234_567, '1,234,567'],
  ])('%d is written %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('stand before their noun, which is plural for all but one', () => {
    expect(countOf(1, 'picture')).toBe('1 picture');
    expect(countOf(0, 'picture')).toBe('0 pictures');
    expect(countOf(1285, 'picture')).toBe('1,285 pictures');
    expect(countOf(2, 'copy', 'copies')).toBe('2 copies');
    expect(countOf(1, 'copy', 'copies')).toBe('1 copy');
  });
});

describe('similarities', () => {
  it.each([
    [0.746, '.746'],
    [0.0461, '.046'],
    [0, '.000'],
    [1, '1.000'],
    [-0.25, '−.250'],
    [-1, '−1.000'],
  ])('%d is %s', (similarity, text) => {
    expect(formatSimilarity(similarity)).toBe(text);
  });

  it('have no sign where nothing is left of them', () => {
    expect(formatSimilarity(-0.0001)).toBe('.000');
    expect(formatSimilarity(-0)).toBe('.000');
  });
});

describe('shares of the gradient', () => {
  it.each([
    [0.123, '+12\u00a0%'],
    [0.0456, '+4.6\u00a0%'],
    [0.00034, '+0.03\u00a0%'],
    [-0.02, '−2.0\u00a0%'],
    [-1, '−100\u00a0%'],
    [0, '+0.00\u00a0%'],
  ])('%d is %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('are rounded before they are given their decimals', () => {
    expect(formatShare(0.09996)).toBe('+10\u00a0%');
    expect(formatShare(0.0009996)).toBe('+0.1\u00a0%');
  });

  it('of one among 50,000 negatives are not all zero', () => {
    expect(formatShare(0.00002)).toBe('+0.0020\u00a0%');
    expect(formatShare(-0.000045)).toBe('−0.0045\u00a0%');
  });
});

describe('durations', () => {
  it.each([
    [0, '1 s'],
    [8.4, '8 s'],
    [89, '89 s'],
    [90, '2 min'],
    [130, '2 min'],
    [3600, '60 min'],
    [5400, '1 h 30 min'],
    [7200, '2 h 0 min'],
    [90_061, '25 h 1 min'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('sizes of files', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [3456, '3.5 kB'],
    [2_500_000, '2.5 MB'],
    [7_300_000_000, '7.3 GB'],
    [4_000_000_000_000, '4000.0 GB'],
    [999_950, '1.0 MB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('numbers', () => {
  it.each([
    [0.5, '0.5'],
    [0.0456, '0.046'],
    [1 / 3, '0.333'],
    [2, '2'],
    [-1.2345, '−1.234'],
    [0, '0'],
  ])('%d is %s with at most three decimals', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('have no sign where they are rounded to nothing', () => {
    expect(formatNumber(-0.0001)).toBe('0');
    expect(formatNumber(12.6, 0)).toBe('13');
  });

  it.each([
    [0.0003, '0.0003'],
    [4.8, '4.8'],
    [1e-6, '0.000001'],
    [0.123_456, '0.12'],
    [0, '0'],
    [512, '510'],
  ])('%d is %s with the two digits that count', (value, text) => {
    expect(formatRate(value)).toBe(text);
  });

  it('shows the rate of a batch of 32 whole with three', () => {
    expect(formatRate((0.03 * 32) / 256, 3)).toBe('0.00375');
  });
});

it('writes a time as a local date and time', () => {
  const time = new Date(2026, 2, 5, 14, 7);
  expect(formatTime(time.getTime())).toBe(formatTime(time.toISOString()));
  expect(formatTime(time.toISOString())).toMatch(/2026/);
  expect(formatTime(time.toISOString())).toMatch(/(14|2).07/);
  expect(() => formatTime('no time')).toThrow(RangeError);
});
