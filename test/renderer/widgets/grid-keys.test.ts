import { describe, expect, it } from 'vitest';
import { gridKeys, gridStep } from '../../../src-renderer/widgets/grid-keys.ts';
import { scrollToRow } from '../../../src-renderer/widgets/scroll-to-row.ts';

const shape = { count: 95, columns: 7, visibleRows: 4 };

describe('keys in a grid of pictures', () => {
  it.each([
    ['ArrowRight', 1],
    ['ArrowLeft', -1],
    ['ArrowDown', 7],
    ['ArrowUp', -7],
    ['PageDown', 28],
    ['PageUp', -28],
    ['Home', -95],
    ['End', 95],
  ])('%s goes on %d pictures', (key, step) => {
    expect(gridStep(key, shape)).toBe(step);
  });

  it('mean nothing else', () => {
    for (const key of ['a', 'Enter', 'Tab', ' ', '']) expect(gridStep(key, shape)).toBeUndefined();
  });

  it('are all told in the sheet of keys', () => {
    const steps = gridKeys.flatMap((row) => Object.keys(row.steps));
    expect(new Set(steps).size).toBe(8);
    for (const { keys, does } of gridKeys)
      expect([keys.length > 0, does !== '']).toEqual([true, true]);
  });
});

describe('scrolling to a row', () => {
  const scrolled = (y: number): number => {
    const box = { scrollTop: 100, clientHeight: 200 };
    scrollToRow(box as HTMLElement, y, 50);
    return box.scrollTop;
  };

  it('leaves the box alone where all of the row is in sight', () => {
    expect([100, 170, 250].map(scrolled)).toEqual([100, 100, 100]);
  });

  it('goes no further than it must', () => {
    expect(scrolled(99)).toBe(99);
    expect(scrolled(0)).toBe(0);
    expect(scrolled(251)).toBe(101);
    expect(scrolled(1000)).toBe(850);
  });
});
