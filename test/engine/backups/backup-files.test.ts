import { expect, it } from 'vitest';
import { backupsToDelete } from '../../../src-main/engine/backups/backup-files.ts';
import type { BackupFile } from '../../../src-main/engine/backups/backup-files.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);

/** The backups that are left when one was made every so many hours, and old ones deleted each time. */
function leftAfter(hours: number, every: number): BackupFile[] {
  let kept: BackupFile[] = [];
  for (let at = 0, number = 1; at <= hours; at += every, number++) {
    kept = [{ file: `${number}`, number, madeAt: start + at * hour, digest: '' }, ...kept];
    const gone = new Set(backupsToDelete(kept));
    kept = kept.filter((backup) => !gone.has(backup));
  }
  return kept;
}

const dayOf = ({ madeAt }: BackupFile): string => new Date(madeAt).toISOString().slice(0, 10);

it('keeps the five newest, the last of each of seven days, and the last of each of twelve months', () => {
  const kept = leftAfter(400 * 24, 3);
  const days = kept.map(dayOf);
  // The last day, its eighth backup at 0:00 of day 400: 2027-02-05.
  expect(days.slice(0, 5)).toEqual([
    '2027-02-05',
    ...Array.from({ length: 4 }, () => '2027-02-04'),
  ]);
  expect(new Set(days.slice(0, 10))).toEqual(
    new Set(
      ['05', '04', '03', '02', '01']
        .map((day) => `2027-02-${day}`)
        .concat('2027-01-31', '2027-01-30'),
    ),
  );
  expect(new Set(days.map((day) => day.slice(0, 7))).size).toBe(12);
  expect(kept.length).toBeLessThanOrEqual(5 + 7 + 12);
});

it('keeps all of a few', () => {
  expect(leftAfter(4, 1)).toHaveLength(5);
});
