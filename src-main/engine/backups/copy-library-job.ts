import { renameSync, rmSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { EngineError } from '../../contract/errors/errors.ts';
import { fileError } from '../../files/file-errors.ts';
import { refuseExisting } from '../exchange/destination/file-set.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { libraryError } from '../store/library-errors.ts';
import { throwIfCancelled } from '../threads/cancellation.ts';
import { checkWholeLibrary } from '../store/precious-tables.ts';

const pagesPerPiece = 2000;
const partialEnding = '.negatoscope-partial';
/** Reading the copy again takes about as long as writing it. */
const copyingShare = 0.6;

/**
 * Copies the whole library, thumbnails, vectors and weights too, as it is at one moment; every page of the
 * copy is checked before it gets its name.
 */
export const runCopyLibraryJob: JobRunner<'copyLibrary'> = async (context, input) => {
  const { library, signal } = context;
  const { file } = input;
  await checkPlace(library.file, input);
  const partial = `${file}${partialEnding}`;
  try {
    rmSync(partial, { force: true });
    await library.db.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        throwIfCancelled(signal);
        const done = totalPages === 0 ? 0 : 1 - remainingPages / totalPages;
        context.report({ progress: copyingShare * done, message: 'Copying the library' });
        return pagesPerPiece;
      },
    });
    context.report({ progress: copyingShare, message: 'Checking the copy' });
    await context.yieldToEvents();
    checkCopy(partial);
    await checkPlace(library.file, input);
    renameSync(partial, file);
    context.report({ progress: 1, message: 'Copied' });
    return { file, bytes: statSync(file).size };
  } catch (error) {
    throw copyError(error, file, library.file);
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) {
      rmSync(`${partial}${ending}`, { force: true });
    }
  }
};

async function checkPlace(
  libraryFile: string,
  input: { file: string; overwrite: boolean },
): Promise<void> {
  const { file, overwrite } = input;
  if (!isAbsolute(file)) {
    throw new EngineError('bad-argument', `"${file}" is not an absolute path.`);
  }
  if (resolve(file) === resolve(libraryFile)) {
    throw new EngineError('bad-argument', `${file} is the library itself: name another file.`);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new EngineError('bad-argument', `${file} is a folder: name a file in it.`);
  }
  if (!overwrite) await refuseExisting(file);
}

/** One file, without a log beside it, whose pages are all good. */
function checkCopy(file: string): void {
  const copy = new Database(file, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
    checkWholeLibrary(copy);
  } finally {
    copy.close();
  }
}

function copyError(error: unknown, file: string, libraryFile: string): unknown {
  if (!(error instanceof Database.SqliteError)) return fileError(error, file);
  const isFull = error.code.startsWith('SQLITE_FULL');
  if (error.code.startsWith('SQLITE_CORRUPT')) return libraryError(error, libraryFile);
  return new EngineError(
    isFull ? 'disk-full' : 'bad-argument',
    `"${file}" was not written: ${isFull ? 'the disk is full' : error.message}.`,
    { cause: error },
  );
}
