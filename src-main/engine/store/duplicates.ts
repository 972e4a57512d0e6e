import type { Duplicate } from '../../contract/library.ts';
import type { Library } from './library-file.ts';

/** The pictures with several files, those with the most files first. */
export function listDuplicates(library: Library): Duplicate[] {
  const files = library
    .query<{ id: number; path: string }>(
      `SELECT sampleId AS id, path FROM files WHERE sampleId IN
         (SELECT sampleId FROM files GROUP BY sampleId HAVING count(*) > 1)
       ORDER BY sampleId, path, folderId`,
    )
    .all();
  return [...Map.groupBy(files, ({ id }) => id)]
    .map(([id, same]) => ({ id, paths: same.map(({ path }) => path) }))
    .sort((a, b) => b.paths.length - a.paths.length || a.id - b.id);
}
