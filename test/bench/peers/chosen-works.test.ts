import { describe, expect, it } from 'vitest';
import { benchOptions } from './bench-options.ts';
import { chosenWorks } from './chosen-works.ts';
import { keepsBar } from './measure-work.ts';
import { works } from './works.ts';

const chosen = (...args: string[]) => chosenWorks(works, benchOptions(args));
const names = (...args: string[]) => chosen(...args).map(({ work }) => work.name);

describe('the work that a run of the benchmarks measures', () => {
  it('is all but what takes long, unless that is named or all is asked for', () => {
    expect(names('--peers')).not.toContain('scan');
    expect(names('--peers', '--full')).toEqual(works.map(({ name }) => name));
    expect(names('--peers', '--only', 'scan,map')).toEqual(['map', 'scan']);
    expect(() => names('--peers', '--only', 'maps')).toThrow('No benchmark maps; there are train');
  });

  it('has the sizes that are set, and grows', () => {
    const [set] = chosen('--peers', '--only', 'neighbours', '--set', 'points=500');
    expect(set?.sizes).toMatchObject({ points: 500, dimensions: 128, k: 15 });
    const grown = chosen('--grow', '--only', 'explain').map(({ sizes }) => sizes['pictures']);
    expect(grown).toEqual([10_000, 50_000, 200_000]);
    expect(() => chosen('--peers', '--only', 'scan', '--set', 'point=5')).toThrow('No size point');
    expect(() => chosen('--peers', '--set', 'points=many')).toThrow('a whole number, not "many"');
    expect(() => chosen('--peers', '--set', 'points')).toThrow('whole number');
    expect(() => names('--pears')).toThrow("'--pears'");
  });

  it('keeps a bar by the ratio or by the seconds', () => {
    expect(keepsBar({ atLeast: 1.7 }, 1, 1.7)).toBe(true);
    expect(keepsBar({ atLeast: 1.7 }, 1, 1.69)).toBe(false);
    expect(keepsBar({ atLeast: 1 }, 1, null)).toBeNull();
    expect(keepsBar({ atMost: 0.1 }, 0.1, null)).toBe(true);
    expect(keepsBar({ atMost: 0.1 }, 0.11, null)).toBe(false);
    expect(keepsBar(null, 1, 2)).toBeNull();
  });
});
