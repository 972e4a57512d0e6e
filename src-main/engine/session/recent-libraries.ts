import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { recentLibrary, type RecentLibrary } from '../../contract/library.ts';
import { replaceFile } from '../../files/replace-file.ts';

const mostLibraries = 20;
const recentList = z.array(recentLibrary);

/**
 * The libraries that were opened last, the newest first; none where the list is missing or unreadable.
 */
export function recentLibraries(dataFolder: string): RecentLibrary[] {
  let text: string;
  try {
    text = readFileSync(listFile(dataFolder), 'utf8');
  } catch {
    return [];
  }
  const list = recentList.safeParse(parseJson(text));
  // A damaged list is only inconvenient; the libraries themselves are unaffected.
  return list.success ? list.data : [];
}

/**
 * Puts a library first in the list and makes the data folder if necessary; `now` is in milliseconds
 * since 1970.
 */
export function rememberLibrary(
  dataFolder: string,
  library: Omit<RecentLibrary, 'openedAt'>,
  now: () => number,
): void {
  const others = recentLibraries(dataFolder).filter(({ file }) => file !== library.file);
  const list = [{ ...library, openedAt: now() }, ...others];
  replaceFile(listFile(dataFolder), `${JSON.stringify(list.slice(0, mostLibraries), null, 2)}\n`);
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
