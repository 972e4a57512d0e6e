import type { LabelSource } from '../../contract/library.ts';
import { folderLabel } from './folder-label.ts';
import type { Library } from './library-file.ts';

/**
 * A scanned folder: its absolute path, and the time of its last complete scan in milliseconds since
 * 1970.
 */
export interface Folder {
  readonly id: number;
  readonly path: string;
  readonly labels: LabelSource;
  readonly scannedAt: number | null;
}

/** All scanned folders. */
export function listFolders(library: Library): Folder[] {
  return library.query<Folder>('SELECT id, path, labels, scannedAt FROM folders ORDER BY id').all();
}

/** The folder's row, which is created if necessary; the labels of its known files are updated. */
export function saveFolder(library: Library, path: string, labels: LabelSource): Folder {
  return library.write(() => {
    const id = library
      .query<{ id: number }>(
        'INSERT INTO folders (path, labels) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET path = path RETURNING id',
      )
      .get(path, labels)?.id;
    if (id === undefined) throw new Error(`The folder ${path} was not saved.`);
    setFolderLabels(library, id, labels);
    const scannedAt = library
      .query<{ scannedAt: number | null }>('SELECT scannedAt FROM folders WHERE id = ?')
      .get(id)?.scannedAt;
    return { id, path, labels, scannedAt: scannedAt ?? null };
  });
}

/**
 * Sets the labels of a folder's files from sub-folder names, or removes them, without reading pictures.
 */
export function setFolderLabels(library: Library, folderId: number, labels: LabelSource): void {
  library.write(() => {
    library.query('UPDATE folders SET labels = ? WHERE id = ?').run(labels, folderId);
    const update = library.query('UPDATE files SET label = ? WHERE folderId = ? AND path = ?');
    const files = library
      .query<{ path: string; label: string | null }>(
        'SELECT path, label FROM files WHERE folderId = ?',
      )
      .all(folderId);
    for (const file of files) {
      const label = folderLabel(file.path, labels);
      if (label !== file.label) update.run(label, folderId, file.path);
    }
  });
}

/** Records that a scan of the folder is complete now. */
export function markScanned(library: Library, folderId: number): void {
  library.query('UPDATE folders SET scannedAt = ? WHERE id = ?').run(library.now(), folderId);
}
