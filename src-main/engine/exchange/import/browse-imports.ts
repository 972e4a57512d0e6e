import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { browseFolders } from '../../pictures/browse-folders.ts';
import type { ImportListing } from '../../../contract/imports.ts';
import { compareNaturally } from '../../store/natural-order.ts';
import { formatOfEnding } from '../../formats/open-table.ts';

/**
 * Lists a folder, for choosing files to import: its sub-folders, and the files directly in it that are
 * wanted by name, if not told otherwise those whose ending is that of a supported format. Without a
 * path, lists the user's home folder.
 * @throws EngineError not-found, bad-picture-folder
 */
export async function browseImports(
  path?: string,
  isWanted: (name: string) => boolean = (name) => formatOfEnding(name) !== null,
): Promise<ImportListing> {
  const { path: folder, parent, folders } = await browseFolders(path);
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter(isWanted)
    .sort(compareNaturally);
  const files = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      return { name: basename(file), path: file, bytes: (await stat(file)).size };
    }),
  );
  return { path: folder, parent, folders, files };
}
