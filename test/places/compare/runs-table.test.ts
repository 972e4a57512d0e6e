import { describe, expect, it } from 'vitest';
import type { RunHistory, RunSummary } from '../../../src-main/contract/runs.ts';
import {
  differences,
  isUnusual,
  runColumns,
  sortedRuns,
} from '../../../src-renderer/places/compare/runs/run-columns.ts';
import { curveOf, recordedMetrics } from '../../../src-renderer/places/compare/runs/run-curves.ts';

function run(number: number, settings: object, change: Partial<RunSummary> = {}): RunSummary {
  return {
    ...{ run: number, name: `run ${number}`, kind: 'trained', encoder: 'resnet8' },
    ...{
      objective: 'simclr',
      settings: { job: number, ...settings },
      device: 'cpu',
      state: 'done',
    },
    ...{ epochs: 3, loss: 1, imagesPerSecond: 10, metrics: {}, embedded: true, mapped: true },
    ...{ created: '2026-01-01T00:00:00.000Z', note: '', tags: [], archived: false, deleted: null },
    ...change,
  };
}

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

describe('curves of runs', () => {
  const history: RunHistory = {
    steps: Uint32Array.of(1, 2, 3, 4),
    epochs: Float32Array.of(0.5, 1, 1.5, 2),
    seconds: Float32Array.of(3, 5, 8, 13),
    losses: Float32Array.of(4, 4, 4, 4),
    clampRates: new Float32Array(4),
    epochMetrics: [
      { epoch: 1, name: 'knn', value: 0.25 },
      { epoch: 2, name: 'knn', value: 0.5 },
      { epoch: 2, name: 'linear', value: 0.5 },
    ],
  };

  it.each([
    ['epoch', [1, 2]],
    ['step', [2, 4]],
    ['time', [5, 13]],
  ] as const)('put an epoch where it ended, over %s', (axis, xs) => {
    const curve = curveOf(history, 'knn', axis)!;
    expect([...curve.xs]).toEqual(xs);
    expect([...curve.ys]).toEqual([0.25, 0.5]);
  });

  it('draw the loss by step, its average as it is where it does not change', () => {
    const curve = curveOf(history, 'loss', 'time')!;
    expect([...curve.xs]).toEqual([3, 5, 8, 13]);
    for (const loss of curve.ys) expect(loss).toBeCloseTo(4, 5);
  });

  it('are none where nothing was recorded, or nobody took the time', () => {
    expect(curveOf(history, 'clampRate', 'epoch')).toBeNull();
    expect(curveOf({ ...history, seconds: new Float32Array(4) }, 'loss', 'time')).toBeNull();
    const withoutSteps = { steps: new Uint32Array(), epochs: new Float32Array() };
    const rest = { seconds: new Float32Array(), losses: new Float32Array() };
    const imported = { ...history, ...withoutSteps, ...rest };
    expect(curveOf(imported, 'knn', 'step')).toBeNull();
    expect([...curveOf(imported, 'knn', 'epoch')!.ys]).toEqual([0.25, 0.5]);
  });

  it('are offered for what was recorded of more than one epoch', () => {
    expect(recordedMetrics([history])).toEqual(['loss', 'knn']);
    expect(recordedMetrics([])).toEqual([]);
  });
});
