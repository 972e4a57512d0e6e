import { describe, expect, it } from 'vitest';
import {
  numberColours,
  numberStep,
  numberSteps,
} from '../../../../src-renderer/app/map/number-colours.ts';

describe('the colours of a number', () => {
  it('begin and end with the outermost stops, darker ones towards the page', () => {
    const [dark, light] = [numberColours('dark'), numberColours('light')];
    expect(dark).toHaveLength(numberSteps);
    expect([dark[0], dark.at(-1)]).toEqual(['#4a4fa3', '#f2e850']);
    expect([light[0], light.at(-1)]).toEqual(['#c2c93f', '#440f5c']);
  });

  it('are mixed channel by channel between two stops', () => {
    // Step 1 of 23 lies 4/23 from #4a4fa3 to #34779f: 74 - 22 * 4/23, 79 + 40 * 4/23, 163 - 4 * 4/23.
    expect(numberColours('dark')[1]).toBe('#4656a2');
    // Step 22 lies 4/23 from the last stop #f2e850 to #6ccb61: 242 - 134 * 4/23, 232 - 29 * 4/23, 80 + 17 * 4/23.
    expect(numberColours('dark')[22]).toBe('#dbe353');
  });

  it('are as many steps of the same width, from low to high', () => {
    expect(numberStep(0, 0, 24)).toBe(0);
    expect(numberStep(0.999, 0, 24)).toBe(0);
    expect(numberStep(1, 0, 24)).toBe(1);
    expect(numberStep(12, 0, 24)).toBe(12);
    expect(numberStep(23.5, 0, 24)).toBe(23);
    expect(numberStep(-0.4, -1, 0.2)).toBe(12);
  });

  it('end at both ends of the range, whatever lies beyond', () => {
    expect(numberStep(24, 0, 24)).toBe(23);
    expect(numberStep(1000, 0, 24)).toBe(23);
    expect(numberStep(Infinity, 0, 24)).toBe(23);
    expect(numberStep(-3, 0, 24)).toBe(0);
  });

  it('are none for a picture without the number', () => {
    expect(numberStep(NaN, 0, 24)).toBeNull();
  });
});
