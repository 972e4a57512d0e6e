import { describe, expect, it } from 'vitest';
import { dotRadius, dotReach, dotShape } from '../../../../src-renderer/map/scene/dot-size.ts';

describe('the size of dots', () => {
  it('shrinks by a pixel for ten times as many, down to 1.3', () => {
    expect(dotRadius(10, 1)).toBeCloseTo(5.12, 9);
    expect(dotRadius(100, 1)).toBeCloseTo(4.14, 9);
    expect(dotRadius(1000, 1)).toBeCloseTo(3.16, 9);
    expect(dotRadius(10_000_000, 1)).toBe(1.3);
    expect(dotRadius(0, 1)).toBe(dotRadius(10, 1));
  });

  it('grows gently with the zoom, between that of 0.6 and 9 pixels', () => {
    expect(dotRadius(1000, 32) / dotRadius(1000, 1)).toBeCloseTo(2 ** 1.5, 9);
    expect(dotRadius(1000, 0.01)).toBe(dotRadius(1000, 0.6));
    expect(dotRadius(10, 600)).toBe(9);
  });

  it('is larger of strong and selected dots, with their rim', () => {
    expect([0, 1, 2, 3].map((layer) => dotReach(10, layer))).toEqual([9, 10, 13.9, 14.5]);
    expect(dotReach(10, 17)).toBe(10);
    expect(dotShape.selected.rim).toBeGreaterThan(dotShape.strong.rim);
  });
});
