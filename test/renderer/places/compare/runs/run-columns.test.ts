import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../../src-main/contract/runs.ts';
import {
  differences,
  isUnusual,
  runColumns,
  sortedRuns,
} from '../../../../../src-renderer/places/compare/runs/run-columns.ts';
import { madeUpRun as run } from '../../../made-up-run.ts';

const keysOf = (runs: readonly RunSummary[]): string[] => runColumns(runs).map(({ key }) => key);

describe('the columns of the table of runs', () => {
  it('are the first results, what runs are, each setting once in the order of the form, and the rest', () => {
    const runs = [
      run(1, { seed: 1, temperature: 0.5, batch: 64, augmentationOverrides: { hue: 0.1 } }),
      run(2, { temperature: 0.5, beta: 1, frozen: { on: 1, name: 'base' }, views: 4 }),
      run(3, { files: ['a.npy'] }, { kind: 'imported', objective: null }),
    ];
    expect(keysOf(runs)).toEqual([
      ...['knn', 'falseNegativeRate', 'lastLoss', 'objective', 'encoder'],
      ...['temperature', 'beta', 'batch', 'seed', 'views', 'on', 'hue'],
      ...['linear', 'alignment', 'uniformity', 'imagesPerSecond', 'created'],
    ]);
  });

  it('differ where trained runs do, also where one has no such setting', () => {
    const runs = [
      run(1, { temperature: 0.5, seed: 1, milestones: [0.6, 0.8] }),
      run(2, { temperature: 0.5, seed: 2, milestones: [0.6, 0.8] }),
      run(3, { temperature: 0.5, seed: 1, milestones: [0.6, 0.8], beta: 1 }),
      run(4, {}, { kind: 'loaded', objective: null, encoder: 'starter' }),
    ];
    const found = differences(runColumns(runs), runs);
    expect([...found.keys()].sort()).toEqual(['beta', 'encoder', 'objective', 'seed']);
    expect(found.get('seed')).toBe(1);
    expect(found.get('beta')).toBeNull();
    const [, second, third] = runs as [RunSummary, RunSummary, RunSummary];
    const two = differences(runColumns(runs), [second, third]);
    expect([...two.keys()].sort()).toEqual(['beta', 'seed']);
    const seed = runColumns(runs).find(({ key }) => key === 'seed')!;
    expect(runs.filter((one) => isUnusual(one, seed, found))).toEqual([second]);
    // Of two that differ, neither is the usual one.
    expect(two.get('seed')).toBeUndefined();
  });

  it('sort by numbers, names with numbers and times, what has no value last', () => {
    const runs = [
      run(1, {}, { metrics: { knn: 0.5 } }),
      run(2, {}, { metrics: { knn: 0.75 } }),
      run(3, {}),
      run(10, {}, { metrics: { knn: 0.25 } }),
    ];
    const column = (key: string) => runColumns(runs).find((one) => one.key === key)!;
    const order = (key: string, isDescending: boolean): number[] =>
      sortedRuns(runs, column(key), isDescending).map((one) => one.run);
    expect(order('knn', true)).toEqual([2, 1, 10, 3]);
    expect(order('knn', false)).toEqual([10, 1, 2, 3]);
    const byName = sortedRuns(runs, { valueOf: ({ name }) => name }, false);
    expect(byName.map((one) => one.run)).toEqual([1, 2, 3, 10]);
  });
});
