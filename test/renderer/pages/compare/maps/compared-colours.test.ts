import { describe, expect, it } from 'vitest';
import type { ComparisonWithMaps } from '../../../../../src-main/contract/comparison.ts';
import { changeColours } from '../../../../../src-renderer/pages/compare/maps/change-colours.ts';
import {
  byRow,
  comparedColours,
} from '../../../../../src-renderer/pages/compare/maps/compared-colours.ts';
import { hardnessReach } from '../../../../../src-renderer/pages/compare/maps/hardness-reach.ts';
import type { AppState } from '../../../../../src-renderer/app/app-state.svelte.ts';
import type { ThemeColours } from '../../../../../src-renderer/app/window/theme.svelte.ts';
import { picturesOf } from '../../../pictures-of.ts';

const colours = { hard: '#ff0000', easy: '#808080', ring: '#0000ff' } as ThemeColours;

const resultOf = (part: Partial<ComparisonWithMaps>): ComparisonWithMaps =>
  part as ComparisonWithMaps;

describe('the colours of change', () => {
  const palette = changeColours(colours);
  const channels = palette.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));

  it('go from that of hard over grey to that of the ring', () => {
    expect(palette).toHaveLength(24);
    expect([palette[0], palette.at(-1)]).toEqual(['#ff0000', '#0000ff']);
    // Both steps beside the middle are within half a step of the grey.
    for (const step of [11, 12]) {
      for (const channel of channels[step]!) expect(Math.abs(channel - 128)).toBeLessThan(8);
    }
  });

  it('never jump: each step is as far from the next as any other', () => {
    for (let step = 1; step < channels.length; step++) {
      const [red = 0, , blue = 0] = channels[step]!.map(
        (value, at) => value - channels[step - 1]![at]!,
      );
      expect(red).toBeLessThanOrEqual(0);
      expect(blue).toBeGreaterThanOrEqual(0);
      expect(blue - red).toBeGreaterThan(18);
      expect(blue - red).toBeLessThan(26);
    }
  });
});

describe('the reach of a change of hardness', () => {
  it('is the largest in either direction, and never nothing', () => {
    expect(hardnessReach(resultOf({ hardness: Float32Array.of(0.25, -0.5, 0.125) }))).toBe(0.5);
    expect(hardnessReach(resultOf({ hardness: Float32Array.of(0, 0) }))).toBeGreaterThan(0);
    expect(hardnessReach(resultOf({ hardness: new Float32Array() }))).toBeGreaterThan(0);
  });
});

describe('the colours of compared pictures', () => {
  const result = resultOf({
    ids: Uint32Array.of(7, 5, 6),
    overlap: Float32Array.of(0.5, 0, 1),
    hardness: Float32Array.of(0.5, 0, -0.5),
  });
  const colouredBy = (colouring: 'overlap' | 'hardness' | 'label') =>
    comparedColours(
      {
        comparison: { colouring },
        library: {
          pictures: picturesOf(
            { id: 5, path: 'a.png', label: 'ant' },
            { id: 6, path: 'b.png', label: 'bee' },
            { id: 7, path: 'c.png' },
          ),
        },
        theme: { colours },
        mapLook: { labelPalette: ['#111111', '#222222'] },
      } as unknown as AppState,
      result,
    );

  it('by overlap: what shares no neighbour looks as hard, what shares all as the ring', () => {
    const { categories, palette } = colouredBy('overlap');
    expect([...categories].map((step) => palette[step])).toEqual([
      ...[palette[12], '#ff0000', '#0000ff'],
    ]);
  });

  it('by hardness: what became harder looks as hard, what became easier as the ring', () => {
    const { categories, palette } = colouredBy('hardness');
    expect([...categories].map((step) => palette[step])).toEqual([
      ...['#ff0000', palette[12], '#0000ff'],
    ]);
  });

  it('by label: those of the labels, grey without one', () => {
    const { categories, palette } = colouredBy('label');
    expect([...categories].map((step) => palette[step])).toEqual(['#808080', '#111111', '#222222']);
  });
});

it('gives each picture a number by its row and its id', () => {
  const result = resultOf({ ids: Uint32Array.of(30, 10) });
  expect([...byRow(result, (row, id) => row + id)]).toEqual([30, 11]);
  expect(byRow(resultOf({ ids: new Uint32Array() }), () => 1)).toHaveLength(0);
});
