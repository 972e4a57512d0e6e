import { describe, expect, it } from 'vitest';
import { spreadLabels } from '../../../src-renderer/widgets/spread-labels.ts';

describe('labels beside lines', () => {
  it('are where their lines end as long as they have room', () => {
    expect(spreadLabels([10, 80, 40], 13, 0, 100)).toEqual([10, 80, 40]);
  });

  it('move apart, in the order of their lines', () => {
    expect(spreadLabels([50, 49, 52], 10, 0, 100)).toEqual([59, 49, 69]);
  });

  it('stay between top and bottom', () => {
    expect(spreadLabels([99, 100, 98], 10, 0, 100)).toEqual([90, 100, 80]);
    expect(spreadLabels([-5, 0], 10, 0, 100)).toEqual([0, 10]);
  });

  it('share what room there is where it is too small for all', () => {
    const places = spreadLabels([50, 50, 50, 50, 50], 40, 0, 100);
    expect(places).toEqual([0, 25, 50, 75, 100]);
  });
});
