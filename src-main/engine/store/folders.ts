import type { LabelSource } from '../../contract/library.ts';
import { folderLabel } from './folder-label.ts';
import type { Library } from './library-file.ts';

/** A scanned folder: absolute path, and milliseconds since 1970 of the last complete scan. */
export interface Folder {
  readonly id: number;
  readonly path: string;
  readonly labels: LabelSource;
  readonly scannedAt: number | null;
}

export function listFolders(library: Library): Folder[] {
  return library.query<Folder>('SELECT id, path, labels, scannedAt FROM folders ORDER BY id').all();
}

/** The folder's row, made if it is new; its labels are set for the files already known. */
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

/** Takes labels from sub-folder names, or takes them away, without reading any picture. */
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

export function markScanned(library: Library, folderId: number): void {
  library.query('UPDATE folders SET scannedAt = ? WHERE id = ?').run(library.now(), folderId);
}
