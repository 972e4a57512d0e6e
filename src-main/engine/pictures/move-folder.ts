import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import { fileOfRule, type LabelRule } from '../../contract/label-rule.ts';
import { filesOfFolder } from '../store/files.ts';
import {
  folderByPath,
  forgetFolder,
  listFolders,
  renameFolder,
  saveFolder,
  type Folder,
} from '../store/folders.ts';
import type { Library } from '../store/library-file.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { checkedFolder } from './checked-folder.ts';

const movedToKey = 'movedTo';

/** Of so many known files, spread over all, one at least must be in the new place. */
const mostLookedFor = 2000;

/**
 * Has the library look for the pictures of its folder `from` in `to`, where they lie by the same paths;
 * labels, verdicts and runs, which belong to contents, stay. Where `to` is a folder of the library
 * already, `from` is only forgotten.
 * @throws EngineError not-found where `from` is no folder of the library, bad-picture-folder where `to`
 *   cannot be read or holds none of the known files
 */
export async function moveFolder(library: Library, from: string, to: string): Promise<void> {
  const folder = folderByPath(library, from);
  if (folder === null) throw unknownFolder(library, from);
  const place = await checkedFolder(to);
  if (place === folder.path) return;
  const other = folderByPath(library, place);
  if (other === null) checkHoldsKnown(library, folder, place);
  library.write(() => {
    if (other === null) {
      renameFolder(library, folder, place);
      saveFolder(library, place, movedRule(folder, place), folder.isChosen);
    } else forgetFolder(library, folder);
    writeMeta(library, movedToKey, place);
  });
}

/** Where the last folder that was moved is now; null where none was. */
export function movedToOf(library: Library): string | null {
  return readMeta(library, movedToKey);
}

function checkHoldsKnown(library: Library, folder: Folder, place: string): void {
  const known = [...filesOfFolder(library, folder.id).keys()];
  const step = Math.max(1, Math.floor(known.length / mostLookedFor));
  const lookedFor = known.filter((_, index) => index % step === 0);
  if (known.length === 0 || lookedFor.some((path) => existsSync(join(place, path)))) return;
  const [first = ''] = known;
  throw new EngineError(
    'bad-picture-folder',
    `${place} holds none of the pictures of ${folder.path}, such as ${first}. Choose the folder that holds them by the same paths.`,
  );
}

/** A file of labels in the folder was moved with it. */
function movedRule({ labels, path }: Folder, place: string): LabelRule {
  const file = fileOfRule(labels);
  const inside = file === null ? '..' : relative(path, file);
  const moved = join(place, inside);
  return inside.startsWith('..') || !existsSync(moved) ? labels : `file:${moved}`;
}

function unknownFolder(library: Library, path: string): EngineError {
  const known = listFolders(library).map((folder) => folder.path);
  const has = known.length === 0 ? 'It has none yet.' : `Its folders: ${known.join(', ')}.`;
  return new EngineError('not-found', `${path} is no folder of this library. ${has}`);
}
