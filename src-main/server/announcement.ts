import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { isOpenToOthers, ownerOnly } from './owner-only.ts';

/** Where an engine that runs is reached: a file that only its user can read says it to commands. */
export const announcement = z.object({
  version: z.string(),
  /** The machine, since others may share the folder. */
  host: z.string(),
  pid: z.number().int().positive(),
  origin: z.string(),
  token: z.string(),
  /** Whether it serves the page for browsers, too. */
  hasPage: z.boolean(),
});
export type Announcement = z.infer<typeof announcement>;

/** An announcement, or why the file of one is not used. */
export type FoundAnnouncement =
  | { readonly file: string; readonly found: Announcement }
  | { readonly file: string; readonly obstacle: string };

const ownerOnlyFolder = 0o700;

/** Announces an engine of this process; the returned function takes that back. */
export function announce(
  dataFolder: string,
  { version, origin, token, hasPage }: Omit<Announcement, 'host' | 'pid'>,
): () => void {
  const folder = announcementFolder(dataFolder);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, ownerOnlyFolder);
  const { pid } = process;
  const file = join(folder, `${pid}-${new URL(origin).port}.json`);
  const text = JSON.stringify({ version, host: hostname(), pid, origin, token, hasPage });
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: ownerOnly, flag: 'wx' });
  return () => rmSync(file, { force: true });
}

/** The announcements of engines of this machine; those of dead processes are deleted. */
export function readAnnouncements(dataFolder: string): FoundAnnouncement[] {
  const folder = announcementFolder(dataFolder);
  return fileNames(folder).flatMap((name) => {
    const file = join(folder, name);
    const found = read(file);
    if (found === null || ('found' in found && found.found.host !== hostname())) return [];
    if ('obstacle' in found || isAlive(found.found.pid)) return [found];
    rmSync(file, { force: true });
    return [];
  });
}

function announcementFolder(dataFolder: string): string {
  return join(dataFolder, 'engines');
}

function fileNames(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    // No engine was ever announced.
    return [];
  }
}

/** Null where the file is gone, or is no announcement. */
function read(file: string): FoundAnnouncement | null {
  try {
    // What others could write may lead to an engine of theirs.
    if (isOpenToOthers(file)) {
      return { file, obstacle: `The file ${file} is open to other users, so it is not used.` };
    }
    const parsed = announcement.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? { file, found: parsed.data } : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user lives, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
