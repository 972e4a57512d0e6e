import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { recentLibrary, type RecentLibrary } from '../../contract/library.ts';

const kept = 20;
const recentList = z.array(recentLibrary);

/** The libraries that were opened last, newest first; none where the list is missing or unreadable. */
export function recentLibraries(dataFolder: string): RecentLibrary[] {
  let text: string;
  try {
    text = readFileSync(listFile(dataFolder), 'utf8');
  } catch {
    return [];
  }
  const list = recentList.safeParse(parseJson(text));
  // Only a convenience is lost with a damaged list; the libraries themselves are untouched.
  return list.success ? list.data : [];
}

/** Puts a library first in the list, making the data folder if need be; `now` in milliseconds. */
export function rememberLibrary(
  dataFolder: string,
  library: Pick<RecentLibrary, 'file' | 'name'>,
  now: () => number,
): void {
  const others = recentLibraries(dataFolder).filter(({ file }) => file !== library.file);
  const list = [{ file: library.file, name: library.name, openedAt: now() }, ...others];
  mkdirSync(dataFolder, { recursive: true });
  // A rename replaces the list at once: whoever reads it finds the old one or the new one.
  const draft = `${listFile(dataFolder)}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(list.slice(0, kept), null, 2)}\n`);
  renameSync(draft, listFile(dataFolder));
}

function listFile(dataFolder: string): string {
  return join(dataFolder, 'recent-libraries.json');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
