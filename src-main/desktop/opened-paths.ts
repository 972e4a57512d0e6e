import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a path that was given to the app asks for. */
export type OpenedPath =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'library'; readonly file: string }
  | { readonly kind: 'problem'; readonly sentence: string };

/**
 * What the arguments of a start ask to open, the last of them first in rank; null where they name no
 * path. Paths may be relative to `workingFolder`, or `file://` addresses, as a desktop gives them.
 */
export function pathOfArguments(args: readonly string[], workingFolder: string): OpenedPath | null {
  const path = args.findLast((argument) => argument !== '' && !argument.startsWith('-'));
  return path === undefined ? null : openedPath(path, workingFolder);
}

/** What is at a path: a folder of pictures, a library, or a problem that the user is told. */
export function openedPath(path: string, workingFolder: string): OpenedPath {
  let file: string;
  try {
    file = path.startsWith('file:') ? fileURLToPath(path) : resolve(workingFolder, path);
  } catch {
    return problem(`${path} is not the address of a file on this computer.`);
  }
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found)
    return problem(`${file} is not there: check the name, and whether its disk is connected.`);
  if (found.isDirectory()) return { kind: 'folder', folder: file };
  if (/\.sqlite$/i.test(file)) return { kind: 'library', file };
  return problem(
    `${file} is neither a folder of pictures nor a library: open the folder that holds it.`,
  );
}

function problem(sentence: string): OpenedPath {
  return { kind: 'problem', sentence };
}
