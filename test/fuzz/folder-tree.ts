import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file and folder below a folder, with the size and time of each, but what is below `unwatched`. */
export function folderTree(folder: string, unwatched: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (inside: string): void => {
    for (const name of readdirSync(join(folder, inside))) {
      const path = inside === '' ? name : join(inside, name);
      const { size, mtimeMs, mode } = lstatSync(join(folder, path));
      const isFolder = (mode & 0o170000) === 0o040000;
      found.set(path, isFolder ? 'folder' : `${size} bytes of ${mtimeMs}`);
      if (isFolder && !unwatched.includes(path)) visit(path);
    }
  };
  visit('');
  return found;
}

/** The paths that are in one tree only, or other than in the other. */
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((path) => before.get(path) !== after.get(path));
}
