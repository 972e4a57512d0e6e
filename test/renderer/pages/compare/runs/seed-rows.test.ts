import { describe, expect, it } from 'vitest';
import { seedCountText, seedGroups } from '../../../../../src-main/contract/seed-groups.ts';
import { runColumns } from '../../../../../src-renderer/pages/compare/runs/run-columns.ts';
import { groupText, tableRows } from '../../../../../src-renderer/pages/compare/runs/seed-rows.ts';
import { runOf } from '../../../run-of.ts';

const seeded = (run: number, seed: number, knn: number) =>
  runOf(run, { name: `hard-s${seed}`, settings: { seed, batch: 64 }, metrics: { knn } });
const runs = [
  runOf(1, { kind: 'loaded', name: 'starter' }),
  seeded(2, 1, 0.4),
  runOf(3, { name: 'other', settings: { seed: 1, batch: 32 } }),
  seeded(4, 2, 0.5),
  seeded(5, 3, 0.6),
];

function names(isFolded: boolean, unfolded: readonly string[] = []): string[] {
  return tableRows(runs, isFolded, new Set(unfolded)).map(({ run, group }) =>
    group === null ? run.name : `group ${group.name}`,
  );
}

describe('the table of runs', () => {
  it('has a row a run, until seeds are folded', () => {
    expect(names(false)).toEqual(['starter', 'hard-s1', 'other', 'hard-s2', 'hard-s3']);
  });

  it('has one row for the seeds of a training at the place of the first, its runs below it', () => {
    expect(names(true)).toEqual(['starter', 'group hard', 'other']);
    expect(names(true, ['hard'])).toEqual([
      ...['starter', 'group hard', 'hard-s1', 'hard-s2', 'hard-s3', 'other'],
    ]);
  });

  it('says mean and spread of a score, the seeds, and what all share', () => {
    const group = seedGroups(runs).find(({ name }) => name === 'hard')!;
    const text = (key: string) =>
      groupText(
        runColumns(runs).find((column) => column.key === key)!,
        group,
      );
    // The standard deviation of 0.4, 0.5 and 0.6 is 0.1.
    expect(text('knn')).toBe('50.0\u00a0% ±10.0\u00a0%');
    expect(text('seed')).toBe('1, 2, 3');
    expect(text('batch')).toBe('64');
    expect(text('linear')).toBe('–');
  });

  it('counts finished seeds alone', () => {
    const stopped = runOf(9, {
      ...{ name: 'sa-s2', settings: { seed: 2 }, state: 'paused', loss: 9 },
    });
    const members = [runOf(8, { name: 'sa-s1', settings: { seed: 1 }, loss: 2 }), stopped];
    const [group] = seedGroups(members);
    expect(seedCountText(group!)).toBe('1 of 2 seeds finished');
    const loss = runColumns(members).find(({ key }) => key === 'lastLoss')!;
    expect(groupText(loss, group!)).toBe('2.000');
    expect(seedCountText(seedGroups(runs).find(({ name }) => name === 'hard')!)).toBe('3 seeds');
  });
});
