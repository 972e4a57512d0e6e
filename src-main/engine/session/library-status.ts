import packageDescription from '../../../package.json' with { type: 'json' };
import { newDecoding } from '../../contract/decoding.ts';
import type { LibraryStatus } from '../../contract/library.ts';
import { isFolderThere } from '../pictures/gone-folders.ts';
import { listFolders } from '../store/folders.ts';
import { junkOfFolder } from '../store/folder-junk.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import { countRemarks } from '../store/picture-remarks.ts';
import type { LibrarySession } from './library-session.ts';

const { version } = packageDescription;

/** What the open library holds; of no library where none is open. */
export function libraryStatus(session: LibrarySession | null): LibraryStatus {
  if (session === null) {
    const counts = { images: 0, files: 0, duplicates: 0, skipped: 0 };
    const remarks = { blank: 0, noted: 0, decoding: newDecoding };
    const lists = { folders: [], labels: [], unlabelled: 0, splits: [], labelConflicts: 0 };
    return { file: null, name: '', ...counts, ...remarks, ...lists, version };
  }
  const { library } = session;
  const folders = listFolders(library).map(({ id, path, labels, scannedAt }) => ({
    ...{ path, labels, scannedAt, isThere: isFolderThere(path) },
    ...junkOfFolder(library, id),
  }));
  return {
    file: library.file,
    name: session.name(),
    folders,
    ...session.counts(),
    ...countRemarks(library),
    decoding: libraryDecoding(library),
    version,
  };
}
