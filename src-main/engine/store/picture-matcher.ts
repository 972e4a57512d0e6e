import { listFolders } from './folders.ts';
import type { Library } from './library-file.ts';

/** By what a row was identified as a picture, the surest first. */
export const matchedBy = { hash: 1, path: 2, name: 3 } as const;

/** Why no picture was found for a row. */
interface Unmatched {
  readonly problem: 'no-name' | 'not-found' | 'ambiguous';
  readonly note: string;
}

/** The picture of a row, or why none was found. */
type PictureMatch =
  { readonly id: number; readonly by: (typeof matchedBy)[keyof typeof matchedBy] } | Unmatched;

/** A row's name as a report shows it: with the pictures that it fits where it fits several. */
export function unmatchedName(name: string, { problem, note }: Unmatched): string {
  return problem === 'ambiguous' ? `${name} (${note})` : name;
}

interface KnownFile {
  readonly path: string;
  readonly sampleId: number;
}

/**
 * Finds the picture that another tool's name refers to: by content hash, else by relative path
 * (whatever folders come before it in either path), else by file name, with its ending or without, where only one picture has it.
 */
export class PictureMatcher {
  readonly #byHash: (hash: string) => number | null;
  readonly #byPath: (path: string) => number[];
  readonly #library: Library;
  #byName: Map<string, KnownFile[]> | null = null;
  #byStem: Map<string, KnownFile[]> | null = null;

  constructor(library: Library) {
    this.#library = library;
    const hashes = library.query<{ id: number }>(
      'SELECT id FROM samples WHERE hash = ? AND EXISTS (SELECT 1 FROM files WHERE sampleId = id)',
    );
    const paths = library.query<{ sampleId: number }>(
      'SELECT sampleId FROM files WHERE folderId = ? AND path = ?',
    );
    const folders = listFolders(library);
    this.#byHash = (hash) => hashes.get(hash)?.id ?? null;
    this.#byPath = (path) => folders.flatMap(({ id }) => paths.get(id, path)?.sampleId ?? []);
  }

  /** The picture with this hash or, if there is none, with this name. */
  match(hash: string | null, name: string | null): PictureMatch {
    const wanted = [hash, name].find((text) => text !== null && isHash(text))?.toLowerCase();
    const byHash = wanted === undefined ? null : this.#byHash(wanted);
    if (byHash !== null) return { id: byHash, by: matchedBy.hash };
    const path = name === null || isHash(name) ? '' : cleanPath(name);
    if (path !== '') return this.#matchPath(path);
    return wanted === undefined
      ? { problem: 'no-name', note: '' }
      : { problem: 'not-found', note: 'no picture has these contents' };
  }

  #matchPath(path: string): PictureMatch {
    const parts = path.split('/');
    // A file name alone does not count as a path, unless nothing else is given.
    for (let from = 0; from < Math.max(1, parts.length - 1); from++) {
      const [id, ...others] = new Set(this.#byPath(parts.slice(from).join('/')));
      if (others.length > 0) {
        return { problem: 'ambiguous', note: 'several folders have a file of this path' };
      }
      if (id !== undefined) return { id, by: matchedBy.path };
    }
    return this.#matchEnd(partsOf(path));
  }

  #filesByStem(): ReadonlyMap<string, readonly KnownFile[]> {
    this.#byStem ??= filesBy(this.#library, (path) => partsOf(stemOf(path)).at(-1) ?? '');
    return this.#byStem;
  }

  /** Of the files with the same name, the one whose folders agree furthest from the end. */
  #matchEnd(parts: readonly string[]): PictureMatch {
    this.#byName ??= filesBy(this.#library, (path) => partsOf(path).at(-1) ?? '');
    const name = parts.at(-1) ?? '';
    const named = this.#byName.get(name);
    // Lists of Kaggle's name pictures by ids, which are their names without the ending.
    const files = named ?? this.#filesByStem().get(name) ?? [];
    const pathOf = named === undefined ? stemOf : (path: string): string => path;
    const agreements = files.map(({ path }) => commonEnd(partsOf(pathOf(path)), parts));
    const most = Math.max(0, ...agreements);
    const best = files.filter((_, index) => agreements[index] === most);
    const [id, ...others] = new Set(best.map(({ sampleId }) => sampleId));
    if (id === undefined) return { problem: 'not-found', note: 'no file of this name' };
    if (others.length > 0) {
      const some = best.slice(0, 3).map((file) => file.path);
      const note = `fits ${some.join(', ')}${best.length > 3 ? ` and ${best.length - 3} more` : ''}`;
      return { problem: 'ambiguous', note };
    }
    return { id, by: most > 1 ? matchedBy.path : matchedBy.name };
  }
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}

/** A path without scheme, Windows' backslashes and empty parts: `file:///a/b.png` becomes `a/b.png`. */
function cleanPath(text: string): string {
  const isAddress = /^[a-z][a-z0-9+.-]+:\/\//i.test(text);
  const plain = isAddress ? decoded(text.replace(/^[^:]+:\/\//, '').replace(/[?#].*$/, '')) : text;
  return plain
    .trim()
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/**
 * Decodes percent notation in addresses; a text that is not valid percent notation is returned
 * unchanged.
 */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** A path without the ending of its file. */
function stemOf(path: string): string {
  return path.replace(/\.[^./]+$/, '');
}

function filesBy(library: Library, keyOf: (path: string) => string): Map<string, KnownFile[]> {
  const byName = new Map<string, KnownFile[]>();
  const files = library.query<{ path: string; sampleId: number }>(
    'SELECT path, sampleId FROM files ORDER BY path',
  );
  for (const { path, sampleId } of files.iterate()) {
    const name = keyOf(path);
    const known = byName.get(name);
    if (known) known.push({ path, sampleId });
    else byName.set(name, [{ path, sampleId }]);
  }
  return byName;
}

/**
 * Folders and name of a path, in composed Unicode: two systems may compose the same letters
 * differently.
 */
function partsOf(path: string): string[] {
  return path.normalize('NFC').split('/');
}

function commonEnd(first: readonly string[], second: readonly string[]): number {
  const most = Math.min(first.length, second.length);
  for (let count = 0; count < most; count++) {
    if (first.at(-1 - count) !== second.at(-1 - count)) return count;
  }
  return most;
}
