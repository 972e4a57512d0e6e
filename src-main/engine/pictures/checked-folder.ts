import { EngineError } from '../../contract/errors/errors.ts';
import { folderByPath } from '../store/folders.ts';
import type { Library } from '../store/library-file.ts';
import { goneSentence } from './gone-folders.ts';
import { fileError, PictureError } from './picture-error.ts';
import { readableFolder } from './walk-folder.ts';

/**
 * The absolute path of a folder that is there and may be read; of a folder of `library` that is not there
 * any more the error says what to do.
 * @throws EngineError bad-picture-folder
 */
export async function checkedFolder(folder: string, library?: Library): Promise<string> {
  try {
    return await readableFolder(folder);
  } catch (error) {
    const isKnown = library !== undefined && folderByPath(library, folder) !== null;
    throw badFolder(folder, fileError(error), isKnown);
  }
}

function badFolder(folder: string, error: unknown, isKnown: boolean): unknown {
  if (!(error instanceof PictureError)) return error;
  const sentences: Partial<Record<PictureError['code'], string>> = {
    vanished: isKnown ? goneSentence(folder) : `There is no folder ${folder}.`,
    unreadable: `The folder ${folder} cannot be read: ${lowerFirst(error.message)}`,
  };
  return new EngineError(
    'bad-picture-folder',
    sentences[error.code] ?? `The folder ${folder} cannot be scanned.`,
    { cause: error },
  );
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
