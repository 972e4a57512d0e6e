import { isAbsolute, relative, resolve, sep } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import type { AnchorPicture } from '../../contract/negatives.ts';
import { listFolders } from '../store/folders.ts';
import type { Library } from '../store/library-file.ts';
import { presentPicture } from '../store/samples.ts';
import { editDistance } from '../../contract/errors/nearest-name.ts';

const shortestHashPrefix = 6;
// The most names that are compared for a suggestion; more would make the user wait.
const suggestionLimit = 20_000;

/**
 * Finds the picture that a text names: by path (absolute, or relative to a scanned folder or to
 * `workingFolder`), by content hash or at least its first 6 digits, or by a unique file name.
 * @throws EngineError not-found, with the nearest path; bad-argument where it fits several pictures
 */
export function findAnchor(
  library: Library,
  reference: string,
  workingFolder: string,
): AnchorPicture {
  const candidates = [
    () => byPath(library, reference, workingFolder),
    () => byHash(library, reference),
    () => byFileName(library, reference),
  ];
  for (const candidate of candidates) {
    const ids = candidate();
    if (ids.length > 1) throw ambiguous(library, reference, ids);
    const picture = ids[0] === undefined ? null : presentPicture(library, ids[0]);
    if (picture !== null) return picture;
  }
  throw notFound(library, reference);
}

function byPath(library: Library, reference: string, workingFolder: string): number[] {
  const folders = listFolders(library);
  const given = reference.split(sep).join('/');
  const inFolder = folders.flatMap(({ id }) => relativePathSamples(library, given, id));
  if (inFolder.length > 0) return [...new Set(inFolder)];
  const absolute = isAbsolute(reference) ? reference : resolve(workingFolder, reference);
  return folders.flatMap((folder) => {
    const path = relative(folder.path, absolute).split(sep).join('/');
    return relativePathSamples(library, path, folder.id);
  });
}

function relativePathSamples(library: Library, path: string, folderId: number): number[] {
  return library
    .query<{ sampleId: number }>('SELECT sampleId FROM files WHERE folderId = ? AND path = ?')
    .all(folderId, path)
    .map(({ sampleId }) => sampleId);
}

function byHash(library: Library, reference: string): number[] {
  const prefix = reference.toLowerCase();
  if (prefix.length < shortestHashPrefix || !/^[0-9a-f]+$/.test(prefix)) return [];
  // 'g' sorts after every hexadecimal digit, so this range can use the index of hashes.
  return library
    .query<{ id: number }>(
      `SELECT id FROM samples WHERE hash >= ? AND hash < ?
       AND EXISTS (SELECT 1 FROM files WHERE sampleId = id)`,
    )
    .all(prefix, `${prefix}g`)
    .map(({ id }) => id);
}

function byFileName(library: Library, reference: string): number[] {
  if (/[/\\]/.test(reference)) return [];
  return library
    .query<{ sampleId: number }>(
      `SELECT DISTINCT sampleId FROM files WHERE substr(path, -length(@end)) = @end`,
    )
    .all({ end: `/${reference}` })
    .map(({ sampleId }) => sampleId);
}

function ambiguous(library: Library, reference: string, ids: readonly number[]): EngineError {
  const some = ids.slice(0, 3).flatMap((id) => presentPicture(library, id)?.path ?? []);
  return new EngineError(
    'bad-argument',
    `"${reference}" fits ${ids.length} pictures (${some.join(', ')}${ids.length > 3 ? ', …' : ''}); give the whole path or more of the hash.`,
  );
}

function notFound(library: Library, reference: string): EngineError {
  const nearest = nearestPath(library, reference);
  return new EngineError(
    'not-found',
    nearest === null
      ? `No picture "${reference}" is in the library.`
      : `No picture "${reference}" is in the library; the nearest is "${nearest}".`,
  );
}

function nearestPath(library: Library, reference: string): string | null {
  const wanted = lastParts(reference, reference);
  let nearest: string | null = null;
  // A name with less than half of its letters in common is not suggested.
  let least = Math.max(3, wanted.length / 2);
  const files = library
    .query<{ path: string }>('SELECT path FROM files ORDER BY path LIMIT ?')
    .iterate(suggestionLimit);
  for (const { path } of files) {
    const name = lastParts(path, reference);
    if (Math.abs(name.length - wanted.length) >= least) continue;
    const distance = editDistance(name, wanted);
    if (distance < least) {
      least = distance;
      nearest = path;
    }
  }
  return nearest;
}

/** A path's file name and, where the reference has a folder, the name of the file's folder. */
function lastParts(path: string, reference: string): string {
  return path
    .split('/')
    .slice(reference.includes('/') ? -2 : -1)
    .join('/');
}
