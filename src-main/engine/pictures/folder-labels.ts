import type { FolderLabels } from '../../contract/label-rule.ts';
import { previewLabels } from '../labels/preview-labels.ts';
import { listFolders } from '../store/folders.ts';
import type { Library } from '../store/library-file.ts';
import { readFolder } from './scan-folder.ts';

/**
 * What the trees of folders suggest for labels: of all scanned folders or of the named one, which need
 * not be scanned. Of a scanned folder, the known files are looked at; of another one, those on disk.
 * @throws EngineError bad-picture-folder
 */
export async function labelsOfFolders(
  library: Library | null,
  path: string | undefined,
): Promise<FolderLabels[]> {
  const known = library === null ? [] : labelsOfKnown(library, path);
  if (path === undefined || known.length > 0) return known;
  const { files } = await readFolder(path, { signal: new AbortController().signal });
  return [
    { folder: path, rule: null, isChosen: false, ...previewLabels(files.map((file) => file.path)) },
  ];
}

function labelsOfKnown(library: Library, path: string | undefined): FolderLabels[] {
  const files = library.query<{ path: string }>(
    'SELECT path FROM files WHERE folderId = ? ORDER BY path',
  );
  return listFolders(library)
    .filter((folder) => path === undefined || folder.path === path)
    .map(({ id, path: folder, labels, isChosen }) => ({
      ...{ folder, rule: labels, isChosen },
      ...previewLabels(files.all(id).map((file) => file.path)),
    }));
}
