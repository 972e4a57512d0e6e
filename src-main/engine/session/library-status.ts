import packageDescription from '../../../package.json' with { type: 'json' };
import type { LibraryStatus } from '../../contract/library.ts';
import { listFolders } from '../store/folders.ts';
import { countLibrary } from '../store/library-counts.ts';
import type { LibrarySession } from './library-session.ts';

const { version } = packageDescription;

/** What the open library holds; of no library where none is open. */
export function libraryStatus(session: LibrarySession | null): LibraryStatus {
  if (session === null) {
    const counts = { images: 0, files: 0, duplicates: 0, labelConflicts: 0, skipped: 0 };
    return { file: null, name: '', folders: [], ...counts, labels: [], splits: [], version };
  }
  const { library } = session;
  const folders = listFolders(library).map(({ path, labels, scannedAt }) => ({
    path,
    labels,
    scannedAt,
  }));
  return { file: library.file, name: session.name(), folders, ...countLibrary(library), version };
}
