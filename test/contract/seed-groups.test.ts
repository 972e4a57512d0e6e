import { describe, expect, it } from 'vitest';
import {
  representativeOf,
  seedGroupOf,
  seedGroups,
  seedText,
} from '../../src-main/contract/seed-groups.ts';
import { namedSeedSeries, seedSeries } from '../../src-main/contract/seed-series.ts';
import { runOf } from '../renderer/run-of.ts';

const settings = { batch: 64, temperature: 0.5, pictureSet: 'all' };
const seeded = (run: number, seed: number, change = {}) =>
  runOf(run, { name: `hard-s${seed}`, settings: { ...settings, seed, job: run }, ...change });

describe('seed groups', () => {
  it('are trainings with the same settings but for seed, job and name', () => {
    const runs = [seeded(1, 1), seeded(2, 2, { name: 'hard-s2' }), runOf(3, { settings })];
    const groups = seedGroups(runs);
    expect(groups).toHaveLength(1);
    expect(groups[0]!.runs.map(({ run }) => run)).toEqual([1, 2, 3]);
    expect(seedText(groups, runs[0]!)).toBe('1 of 3 seeds');
  });

  it.each([
    ['another setting', { settings: { ...settings, seed: 2, temperature: 0.1 } }],
    ['other pictures', { settings: { ...settings, seed: 2, pictureSet: 'fewer' } }],
    ['other verdicts', { settings: { ...settings, seed: 2, verdictGroups: 'some' } }],
    ['another frozen encoder', { settings: { ...settings, seed: 2, frozen: { hash: 'b' } } }],
    ['another encoder', { encoder: 'resnet18' }],
    ['another objective', { objective: 'hard' }],
    ['no training', { kind: 'loaded' }],
    ['a training that was cancelled', { state: 'cancelled' }],
  ] as const)('leave out %s', (_, change) => {
    const runs = [seeded(1, 1), seeded(2, 2, change)];
    expect(seedGroups(runs)[0]!.runs.map(({ run }) => run)).toEqual([1]);
    expect(seedText(seedGroups(runs), runs[1]!)).toBe('');
  });

  it('do not mind the name of a frozen encoder, nor the order of settings', () => {
    const one = seeded(1, 1, { settings: { seed: 1, a: 1, b: 2, frozen: { hash: 'x', on: 4 } } });
    const other = seeded(2, 2, {
      settings: { b: 2, a: 1, frozen: { hash: 'x', on: 'y' }, seed: 2 },
    });
    expect(seedGroups([one, other])[0]!.runs).toHaveLength(2);
  });

  it('count a seed once, however often it was trained', () => {
    const runs = [seeded(1, 1), seeded(2, 1, { name: 'again' }), seeded(3, 2)];
    const [group] = seedGroups(runs);
    expect(group!.runs.map(({ run }) => run)).toEqual([1, 3]);
    expect(seedGroupOf(seedGroups(runs), runs[1]!)).toEqual(group);
  });

  it('are called as their runs but for the seed, and stand for themselves by the middle kNN', () => {
    const knn = (value: number) => ({ metrics: { knn: value } });
    const [group] = seedGroups([
      ...[seeded(1, 1, knn(0.6)), seeded(2, 2, knn(0.4)), seeded(3, 3, knn(0.5))],
    ]);
    expect(group!.name).toBe('hard');
    expect(representativeOf(group!).run).toBe(3);
    expect(seedGroups([seeded(1, 1), seeded(2, 2, { name: 'x' })])[0]!.name).toBe('hard-s1');
  });
});

describe('a series of seeds', () => {
  const input = { objective: 'hard', epochs: 2, seed: 5 };

  it('is trained from the given seed on, each under its name', () => {
    expect(seedSeries(input, 3, 'mine')).toEqual([
      { ...input, name: 'mine-s5', seed: 5 },
      { ...input, name: 'mine-s6', seed: 6 },
      { ...input, name: 'mine-s7', seed: 7 },
    ]);
    expect(seedSeries(input, 1, 'mine')).toEqual([input]);
  });

  it('is named by its objective where no name is given, with the first free number', () => {
    const taken = new Set(['hard-s5', 'hard 2-s6']);
    const isFree = (series: readonly { name?: string | undefined }[]) =>
      series.every(({ name = '' }) => !taken.has(name));
    const names = (name?: string) =>
      namedSeedSeries({ ...input, ...(name !== undefined && { name }) }, 2, isFree).map(
        (one) => one.name,
      );
    expect(names()).toEqual(['hard 3-s5', 'hard 3-s6']);
    expect(names('mine')).toEqual(['mine-s5', 'mine-s6']);
  });
});
