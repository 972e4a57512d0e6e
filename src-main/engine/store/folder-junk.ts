import { z } from 'zod';
import type { Library } from './library-file.ts';

/** Whether a folder's scans take files of other programs, and how many the last left out, by kind. */
interface FolderJunk {
  readonly takesJunk: boolean;
  readonly leftOut: Readonly<Record<string, number>>;
}

const counts = z.record(z.string(), z.number());

/** What a folder's last scan did with the files of other programs. */
export function junkOfFolder(library: Library, folderId: number): FolderJunk {
  const row = library
    .query<{ takesJunk: number; leftOut: string }>(
      'SELECT takesJunk, leftOut FROM folders WHERE id = ?',
    )
    .get(folderId) ?? { takesJunk: 0, leftOut: '{}' };
  return { takesJunk: row.takesJunk === 1, leftOut: counts.parse(JSON.parse(row.leftOut)) };
}

/** Whether the scans of the folder with this path take files of other programs. */
export function folderTakesJunk(library: Library, path: string): boolean {
  const row = library
    .query<{ takesJunk: number }>('SELECT takesJunk FROM folders WHERE path = ?')
    .get(path);
  return row?.takesJunk === 1;
}

/** Records what a scan did with the files of other programs. */
export function saveJunk(library: Library, folderId: number, junk: FolderJunk): void {
  library
    .query('UPDATE folders SET takesJunk = ?, leftOut = ? WHERE id = ?')
    .run(Number(junk.takesJunk), JSON.stringify(junk.leftOut), folderId);
}
