import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';

/** A backup by its file's name: its number counts up, whatever the clock says. */
export interface BackupFile {
  readonly file: string;
  readonly number: number;
  /** Milliseconds since 1970, to the second. */
  readonly madeAt: number;
  /** Begins the hash of what it holds. */
  readonly digest: string;
}

const namePattern = /^(\d{6})-(\d{8}T\d{6}Z)-([0-9a-f]{8})\.sqlite$/;
const keptNewest = 5;
const keptDays = 7;
const keptMonths = 12;

/**
 * The folder of a library's backups, in the user's data folder: a broken disk with the library on it does
 * not take them away. It is named after the library's file and a hash of its path.
 */
export function backupFolder(libraryFile: string, dataFolder: string): string {
  const path = resolve(libraryFile);
  const digits = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return join(dataFolder, 'backups', `${basename(path, extname(path)).slice(0, 60)}-${digits}`);
}

/** The backups in a folder, the newest first. */
export function listBackupFiles(folder: string): BackupFile[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name) => {
    const [, number = '', stamp = '', digest = ''] = namePattern.exec(name) ?? [];
    if (digest === '') return [];
    return { file: join(folder, name), number: Number(number), madeAt: timeOf(stamp), digest };
  });
  return found.toSorted((a, b) => b.number - a.number);
}

/** The file of the next backup; `madeAt` in milliseconds since 1970. */
export function nextBackupFile(
  folder: string,
  newest: BackupFile | undefined,
  { madeAt, digest }: Pick<BackupFile, 'madeAt' | 'digest'>,
): string {
  const number = String((newest?.number ?? 0) + 1).padStart(6, '0');
  return join(folder, `${number}-${timeStamp(madeAt)}-${digest}.sqlite`);
}

/** A time in milliseconds since 1970 as part of a file's name, to the second: 20261130T181500Z. */
export function timeStamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
}

/**
 * The backups that need not be kept, of a list with the newest first: all but the 5 newest, the last of
 * each of 7 days and the last of each of 12 months that have one.
 */
export function backupsToDelete(backups: readonly BackupFile[]): BackupFile[] {
  const kept = new Set(backups.slice(0, keptNewest));
  for (const [digits, most] of [
    ['2026-11-30'.length, keptDays],
    ['2026-11'.length, keptMonths],
  ] as const) {
    const periods = new Map<string, BackupFile>();
    for (const backup of backups) {
      const period = new Date(backup.madeAt).toISOString().slice(0, digits);
      if (!periods.has(period)) periods.set(period, backup);
    }
    for (const backup of [...periods.values()].slice(0, most)) kept.add(backup);
  }
  return backups.filter((backup) => !kept.has(backup));
}

function timeOf(stamp: string): number {
  return Date.parse(
    stamp.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
}
