import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../../src-main/contract/runs.ts';
import {
  differences,
  isUnusual,
  runColumns,
  sortedRuns,
  withSharedNotes,
} from '../../../../../src-renderer/pages/compare/runs/run-columns.ts';
import { runOf } from '../../../run-of.ts';
import { scoreProtocol as protocol } from '../../../../../src-main/contract/run-scores.ts';

/** A run that was trained with these settings, in a job of its own. */
const run = (number: number, settings: object = {}, change: Partial<RunSummary> = {}): RunSummary =>
  runOf(number, { settings: { job: number, ...settings }, ...change });

const keysOf = (runs: readonly RunSummary[]): string[] => runColumns(runs).map(({ key }) => key);

describe('the columns of the table of runs', () => {
  it('are the first results, what runs are, each setting once in the order of the form, and the rest', () => {
    const runs = [
      run(1, { seed: 1, temperature: 0.5, batch: 64, augmentationOverrides: { hue: 0.1 } }),
      run(2, { temperature: 0.5, beta: 1, frozen: { on: 1, name: 'base' }, views: 4 }),
      run(3, { files: ['a.npy'] }, { kind: 'imported', objective: null }),
    ];
    expect(keysOf(runs)).toEqual([
      ...['knn', 'precisionAt20', 'lastLoss', 'objective', 'encoder'],
      ...['temperature', 'beta', 'batch', 'seed', 'views', 'on', 'hue'],
      ...[
        'knnBalanced',
        'linear',
        'linearBalanced',
        'rankMe',
        'alignment',
        'uniformity',
        'imagesPerSecond',
        'created',
      ],
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

  it('say in words that a run had no training, or was imported', () => {
    const runs = [
      run(1, {}, { objective: 'simclr' }),
      run(2, {}, { kind: 'loaded', objective: null }),
      run(3, {}, { kind: 'imported', objective: null }),
    ];
    const objective = runColumns(runs).find(({ key }) => key === 'objective')!;
    expect(runs.map(objective.textOf)).toEqual(['simclr', 'no training', 'imported']);
  });

  it('have what most runs have as the usual, wherever those stand', () => {
    const runs = [
      run(1, { seed: 9 }),
      run(2, { seed: 4 }),
      run(3, { seed: 4 }),
      run(4, { seed: 7 }),
    ];
    const found = differences(runColumns(runs), runs);
    expect(found.get('seed')).toBe(4);
    const seed = runColumns(runs).find(({ key }) => key === 'seed')!;
    expect(runs.filter((one) => isUnusual(one, seed, found)).map((one) => one.run)).toEqual([1, 4]);
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

describe('a note that is the same of all rows', () => {
  const scored = (number: number, precisionChance?: number) =>
    run(
      number,
      {},
      { metrics: { precisionAt20: 0.2, ...(precisionChance && { precisionChance }) } },
    );
  const bounded = (number: number, precisionChance: number) =>
    run(number, {}, { metrics: { precisionAt20: 0.2, precisionChance, precisionCeiling: 1 } });
  const precision = (runs: readonly RunSummary[]) =>
    withSharedNotes(runColumns(runs), runs).find(({ key }) => key === 'precisionAt20')!;

  it('stands once in the heading, whether or not each row has a score', () => {
    const runs = [bounded(1, 0.04), bounded(2, 0.04), scored(3)];
    expect(precision(runs).note).toBe('chance 4.0\u00a0%, at best 100.0\u00a0%');
    expect(precision(runs).noteOf).toBeUndefined();
  });

  it('stays in the rows where they differ, and nowhere without one', () => {
    const runs = [bounded(1, 0.04), bounded(2, 0.05)];
    expect(precision(runs).note).toBeUndefined();
    expect(precision(runs).noteOf!(runs[1]!)).toBe('chance 5.0\u00a0%, at best 100.0\u00a0%');
    expect(precision([scored(3)]).note).toBeUndefined();
  });
});

describe('what stands in a cell', () => {
  it('is a true minus sign below 0', () => {
    expect(text('uniformity', { metrics: { uniformity: -1.2034 } })).toBe('−1.203');
    expect(text('lastLoss', { loss: -0.684 })).toBe('−0.684');
  });

  it('without a linear accuracy says how it is measured', () => {
    const columns = runColumns([run(1)]);
    const hintOf = (key: string) => columns.find((one) => one.key === key)!.howToMeasure;
    expect(hintOf('linear')).toContain('negatoscope evaluate --all');
    expect(hintOf('linearBalanced')).toContain('negatoscope evaluate --all');
    expect(hintOf('knn')).toBeUndefined();
  });

  const text = (key: string, change: Partial<RunSummary>, settings: object = {}): string => {
    const one = run(1, settings, change);
    return runColumns([one])
      .find((column) => column.key === key)!
      .textOf(one);
  };

  it('has a star where it was measured otherwise than those of today', () => {
    expect(text('knn', { metrics: { knn: 0.4406 } })).toBe('44.1\u00a0%*');
    expect(text('alignment', { metrics: { alignment: 0.5 } })).toBe('0.500*');
    const grouped = { protocol, knn: 0.25, leftOut: 'near-duplicates' };
    expect(text('knn', { metrics: grouped })).toBe('25.0\u00a0%*');
    const run = runOf(1, { metrics: grouped });
    const column = runColumns([run], 'near-duplicates').find(({ key }) => key === 'knn')!;
    expect(column.textOf(run)).toBe('25.0\u00a0%');
  });

  it('says what a precision is by chance and at best', () => {
    const metrics = { protocol, precisionAt20: 0.2, precisionChance: 0.04, precisionCeiling: 1 };
    const run = runOf(1, { metrics });
    const column = runColumns([run]).find(({ key }) => key === 'precisionAt20')!;
    expect(column.noteOf?.(run)).toBe('chance 4.0\u00a0%, at best 100.0\u00a0%');
  });

  it('is a result as a person reads it', () => {
    expect(text('knn', { metrics: { protocol, knn: 0.4406 } })).toBe('44.1\u00a0%');
    expect(text('precisionAt20', { metrics: { protocol, precisionAt20: 0.2 } })).toBe(
      '20.0\u00a0%',
    );
    expect(
      text('alignment', { metrics: { alignmentProtocol: protocol, alignment: 0.12345 } }),
    ).toBe('0.123');
    expect(text('uniformity', { metrics: { uniformity: -2.5 } })).toBe('−2.500');
    expect(text('lastLoss', { loss: 2.34567 })).toBe('2.346');
    expect(text('imagesPerSecond', { imagesPerSecond: 1234.6 })).toBe('1235');
    expect(text('created', {})).toMatch(/202[56]/);
  });

  it('is a dash where nothing was measured, or set', () => {
    for (const key of ['knn', 'knnBalanced', 'linear', 'linearBalanced', 'rankMe', 'alignment'])
      expect(text(key, {})).toBe('–');
    expect(text('lastLoss', { loss: null })).toBe('–');
    const [other, one] = [run(1, { beta: 1 }), run(2)];
    const beta = runColumns([other, one]).find(({ key }) => key === 'beta')!;
    expect([other, one].map(beta.textOf)).toEqual(['1', '–']);
    expect([other, one].map(beta.valueOf)).toEqual([1, null]);
  });

  it('says what a run is: its objective or its kind, and its encoder', () => {
    expect(text('objective', { objective: 'debiased' })).toBe('debiased');
    expect(text('objective', { objective: null, kind: 'imported' })).toBe('imported');
    const frozen = { frozen: { on: 1, name: 'clip' }, views: 4 };
    expect(text('encoder', { encoder: 'head' }, frozen)).toBe('head on clip · 4 kept views');
  });
});

describe('the columns of results', () => {
  it('are numbers and no settings, those of words are neither sorted nor set as numbers', () => {
    const columns = runColumns([run(1, { temperature: 0.5, optimiser: 'lars', nesterov: true })]);
    const of = (key: string) => columns.find((column) => column.key === key)!;
    expect(['knn', 'lastLoss'].map((key) => [of(key).isNumber, of(key).isSetting])).toEqual([
      [true, false],
      [true, false],
    ]);
    expect([of('temperature'), of('optimiser'), of('nesterov')].map((one) => one.isNumber)).toEqual(
      [true, false, false],
    );
    expect(of('temperature').isSetting).toBe(true);
  });
});
