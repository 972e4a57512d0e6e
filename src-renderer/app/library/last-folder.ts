import type { Memory } from '../window/memory.ts';

const key = 'last-folder';

/** The folder of pictures that was opened last; undefined where none was. */
export function recallFolder(memory: Memory): string | undefined {
  const folder = memory.recall(key);
  return typeof folder === 'string' ? folder : undefined;
}

export function rememberFolder(memory: Memory, folder: string): void {
  memory.remember(key, folder);
}

/** The folder that a path lies in, by either kind of slash. */
export function folderOf(path: string): string {
  const slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return path.slice(0, Math.max(slash, 1));
}
