import { constants, type Dirent } from 'node:fs';
import { access, open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { compareNaturally } from '../store/natural-order.ts';
import { throwIfCancelled } from '../threads/cancellation.ts';
import { fileError, PictureError } from './picture-error.ts';
import { junkKind, type JunkCounts } from './junk.ts';
import { isReadable, looksLikePicture, sniffFormat, sniffLength } from './picture-format.ts';

/**
 * A file that may be a picture: its path relative to the walked folder, with '/' as separator, and its
 * state on disk.
 */
export interface FoundFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** A file or sub-folder that could not be examined. */
interface UnreadableEntry {
  readonly path: string;
  readonly error: PictureError;
}

export interface Walk {
  readonly files: FoundFile[];
  readonly unreadable: UnreadableEntry[];
  /** Number of files that are not pictures by their name or first bytes. */
  readonly otherFiles: number;
  /**
   * What was left out because another program made it: files, and in its folders those that are
   * pictures by their name.
   */
  readonly junk: JunkCounts;
}

interface WalkOptions {
  readonly signal: AbortSignal;
  /** Absolute paths that must not be opened. */
  readonly leftOut: ReadonlySet<string>;
  /** Whether files and folders of other programs, and hidden ones, are looked at like any other. */
  readonly takesJunk?: boolean;
}

/**
 * Lists the pictures of a folder and its sub-folders in natural order; follows links, but not in a
 * loop.
 */
export async function walkFolder(root: string, options: WalkOptions): Promise<Walk> {
  const walker = new FolderWalker(root, await realpath(root), options);
  await walker.visit(root);
  return walker;
}

class FolderWalker implements Walk {
  readonly files: FoundFile[] = [];
  readonly unreadable: UnreadableEntry[] = [];
  otherFiles = 0;
  readonly junk: Record<string, number> = {};
  readonly #root: string;
  readonly #realRoot: string;
  readonly #options: WalkOptions;
  readonly #visited = new Set<string>();

  constructor(root: string, realRoot: string, options: WalkOptions) {
    this.#root = root;
    this.#realRoot = realRoot;
    this.#options = options;
  }

  async visit(folder: string): Promise<void> {
    throwIfCancelled(this.#options.signal);
    const real = await realpath(folder);
    if (this.#visited.has(real)) return;
    this.#visited.add(real);
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((a, b) => compareNaturally(a.name, b.name));
    for (const entry of entries) {
      const kind = this.#options.takesJunk ? null : junkKind(entry.name, entry.isDirectory());
      if (kind === null) await this.#look(folder, entry);
      else await this.#leaveOut(join(folder, entry.name), entry, kind);
    }
  }

  async #leaveOut(absolute: string, entry: Dirent, kind: string): Promise<void> {
    const count = entry.isDirectory() ? await this.#picturesIn(absolute) : 1;
    if (count > 0) this.junk[kind] = (this.junk[kind] ?? 0) + count;
  }

  /** How many files in a folder are pictures by their name; no file is opened, no link followed. */
  async #picturesIn(folder: string): Promise<number> {
    throwIfCancelled(this.#options.signal);
    let count = 0;
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.isDirectory()) count += await this.#picturesIn(join(folder, entry.name));
      else if (looksLikePicture(entry.name) === true) count++;
    }
    return count;
  }

  async #look(folder: string, entry: Dirent): Promise<void> {
    const absolute = join(folder, entry.name);
    try {
      if (entry.isDirectory()) await this.visit(absolute);
      else if (entry.isFile()) await this.#lookAtFile(absolute, entry.name);
      else if (entry.isSymbolicLink()) await this.#follow(absolute, entry.name);
    } catch (error) {
      this.#setAside(absolute, entry, fileError(error));
    }
  }

  async #follow(absolute: string, name: string): Promise<void> {
    const target = await stat(absolute);
    if (target.isFile()) await this.#lookAtFile(absolute, name);
    // A file in the folder itself is found without the link.
    if (target.isDirectory() && !isInside(this.#realRoot, await realpath(absolute))) {
      await this.visit(absolute);
    }
  }

  async #lookAtFile(absolute: string, name: string): Promise<void> {
    if (this.#options.leftOut.has(absolute)) return;
    if (!(looksLikePicture(name) ?? (await startsLikePicture(absolute)))) {
      this.otherFiles++;
      return;
    }
    const { size, mtimeMs } = await stat(absolute);
    this.files.push({ path: this.#relative(absolute), sizeBytes: size, modifiedMs: mtimeMs });
  }

  #setAside(absolute: string, entry: Dirent, error: unknown): void {
    if (!(error instanceof PictureError)) throw error;
    if (!entry.isDirectory() && looksLikePicture(entry.name) !== true) {
      this.otherFiles++;
      return;
    }
    this.unreadable.push({ path: this.#relative(absolute), error: entryError(entry, error) });
  }

  #relative(absolute: string): string {
    return relative(this.#root, absolute).split(sep).join('/');
  }
}

function entryError(entry: Dirent, cause: PictureError): PictureError {
  if (entry.isDirectory() && cause.code === 'unreadable') {
    return new PictureError('unreadable-folder', 'You have no permission to read this folder.', {
      cause,
    });
  }
  // Node replaces bytes of a name that are not UTF-8, and then no file has that name.
  if (cause.code === 'vanished' && entry.name.includes('\uFFFD')) {
    return new PictureError('unreadable', 'Has a name that is not valid UTF-8; rename it.', {
      cause,
    });
  }
  return cause;
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function startsLikePicture(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffLength), 0, sniffLength, 0);
  const format = sniffFormat(buffer.subarray(0, bytesRead));
  return format !== null && isReadable(format);
}

/**
 * Checks that a folder can be read and returns its absolute path. The error says why it cannot be read.
 */
export async function readableFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  const state = await stat(path);
  if (!state.isDirectory()) throw new PictureError('unreadable', 'Is a file, not a folder.');
  await access(path, constants.R_OK | constants.X_OK);
  return path;
}
