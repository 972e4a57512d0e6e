import { describe, expect, it } from 'vitest';
import { fitToScreens } from '../../src-main/desktop/window-bounds.ts';

const laptop = { x: 0, y: 30, width: 1280, height: 770 };
const beside = { x: 1280, y: 0, width: 2560, height: 1440 };
const usual = { width: 1440, height: 900, isMaximized: false };

describe('the bounds of a window', () => {
  it('are no larger than the screen that it is on', () => {
    expect(fitToScreens(usual, [laptop])).toEqual({ ...usual, width: 1280, height: 770 });
    const placed = { ...usual, x: 1400, y: 100 };
    expect(fitToScreens(placed, [laptop, beside])).toEqual(placed);
  });

  it('are where the system puts a window, if the screen where it was is gone', () => {
    const placed = { ...usual, x: 1400, y: 100, isMaximized: true };
    expect(fitToScreens(placed, [laptop])).toEqual({
      ...{ width: 1280, height: 770, isMaximized: true },
    });
  });

  it('stay where a part of the title can be caught, also left of the main screen', () => {
    const left = { x: -1920, y: 0, width: 1920, height: 1080 };
    const placed = { width: 1000, height: 700, x: -2800, y: 40, isMaximized: false };
    expect(fitToScreens(placed, [laptop, left])).toEqual(placed);
    const above = { ...placed, x: 100, y: -500 };
    expect(fitToScreens(above, [laptop, left])).toEqual({
      ...{ width: 1000, height: 700, isMaximized: false },
    });
  });
});
