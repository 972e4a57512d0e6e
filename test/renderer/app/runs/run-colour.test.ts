import { describe, expect, it } from 'vitest';
import { runColour } from '../../../../src-renderer/app/runs/run-colour.ts';

describe("a run's colour", () => {
  const hueOf = (run: number): number => Number(/^hsl\((\d+) 45% 60%\)$/.exec(runColour(run))?.[1]);

  it('is a hue of its own for hundreds of runs', () => {
    const hues = Array.from({ length: 360 }, (_, run) => hueOf(run));
    expect(new Set(hues).size).toBe(360);
    for (const hue of hues) expect(hue).toBeLessThan(360);
  });

  it('is far from that of the runs just before it', () => {
    for (let run = 3; run < 40; run++) {
      for (const before of [run - 1, run - 2, run - 3]) {
        const apart = Math.abs(hueOf(run) - hueOf(before));
        expect(Math.min(apart, 360 - apart)).toBeGreaterThan(50);
      }
    }
  });
});
