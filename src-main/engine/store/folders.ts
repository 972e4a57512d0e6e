import type { LabelRule } from '../../contract/label-rule.ts';
import type { Library } from './library-file.ts';

/**
 * A folder that was scanned, or is to be: its absolute path, the rule for its pictures' labels, and the
 * time of its last complete scan in milliseconds since 1970.
 */
export interface Folder {
  readonly id: number;
  readonly path: string;
  readonly labels: LabelRule;
  /** Whether a person chose the rule; otherwise the tree of folders suggested it. */
  readonly isChosen: boolean;
  readonly scannedAt: number | null;
}

interface FolderRow extends Omit<Folder, 'isChosen'> {
  readonly isChosen: number;
}

const columns = 'id, path, labels, isChosen, scannedAt';

/** All folders, the one that names the library first. */
export function listFolders(library: Library): Folder[] {
  return library.query<FolderRow>(`SELECT ${columns} FROM folders ORDER BY id`).all().map(fromRow);
}

/** The folder of this absolute path; null where it is not of this library. */
export function folderByPath(library: Library, path: string): Folder | null {
  const row = library.query<FolderRow>(`SELECT ${columns} FROM folders WHERE path = ?`).get(path);
  return row ? fromRow(row) : null;
}

/** The folder's row with this rule for labels; it is created if necessary. */
export function saveFolder(
  library: Library,
  path: string,
  labels: LabelRule,
  isChosen = false,
): Folder {
  const row = library
    .query<FolderRow>(
      `INSERT INTO folders (path, labels, isChosen) VALUES (?, ?, ?)
       ON CONFLICT (path) DO UPDATE SET labels = excluded.labels, isChosen = excluded.isChosen
       RETURNING ${columns}`,
    )
    .get(path, labels, Number(isChosen));
  if (row === undefined) throw new Error(`The folder ${path} was not saved.`);
  return fromRow(row);
}

/** Enters the folder that a new library is for, before its first scan; a library with folders keeps them. */
export function enterFirstFolder(library: Library, path: string): void {
  library
    .query(
      `INSERT INTO folders (path, labels, isChosen)
       SELECT ?, 'deepest', 0 WHERE NOT EXISTS (SELECT 1 FROM folders)`,
    )
    .run(path);
}

/** Gives a folder another path; its files, which are known by their paths in it, go with it. */
export function renameFolder(library: Library, folder: Folder, path: string): void {
  library.query('UPDATE folders SET path = ? WHERE id = ?').run(path, folder.id);
}

/** Forgets a folder and its files; the pictures that only it had are those of no file then. */
export function forgetFolder(library: Library, folder: Folder): void {
  library.query('DELETE FROM folders WHERE id = ?').run(folder.id);
}

/** Records that a scan of the folder is complete now. */
export function markScanned(library: Library, folderId: number): void {
  library.query('UPDATE folders SET scannedAt = ? WHERE id = ?').run(library.now(), folderId);
}

function fromRow({ isChosen, ...folder }: FolderRow): Folder {
  return { ...folder, isChosen: isChosen === 1 };
}
