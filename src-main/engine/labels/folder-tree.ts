import { splitKind, wordsOf } from './split-names.ts';
import type { SplitKind } from './split-names.ts';

/** One folder that has pictures in it or below it. */
export interface TreeFolder {
  /** Its name in composed Unicode (macOS stores Hangul decomposed); '' for the root. */
  readonly name: string;
  /** Its path relative to the root, as the disk has it, '' for the root. */
  readonly path: string;
  readonly parent: TreeFolder | null;
  readonly children: TreeFolder[];
  /** Pictures directly in it. */
  own: number;
  /** Pictures in it and below. */
  all: number;
  /** What the folder stands for: a class, a split, or a wrapper of no meaning, such as `images`. */
  role: 'class' | 'split' | 'wrapper';
}

/** Folders' names that say only that there are pictures in them. */
const wrapperName =
  /^(?:images?|imgs?|pictures?|pics?|photos?|jpe?gs?|jpegimages|pngs?|data|datasets?|raw|files?|originals?|frames?)$/i;

/** The folders of picture paths (relative, with '/'), each with its role. */
export class FolderTree {
  readonly root: TreeFolder = newFolder('', '', null);
  readonly #folders = new Map<string, TreeFolder>([['', this.root]]);

  constructor(paths: Iterable<string>) {
    for (const path of paths) this.#folderAt(folderOf(path)).own += 1;
    this.#count(this.root);
    markWrappers(this.root);
    markSplits(this.root);
    markSpine(this.root);
  }

  /** The folders that have pictures directly in them. */
  filled(): TreeFolder[] {
    return [...this.#folders.values()].filter(({ own }) => own > 0);
  }

  #folderAt(path: string): TreeFolder {
    const known = this.#folders.get(path);
    if (known) return known;
    const parent = this.#folderAt(folderOf(path));
    const name = path.slice(path.lastIndexOf('/') + 1);
    const folder = newFolder(name.normalize('NFC'), path, parent);
    parent.children.push(folder);
    this.#folders.set(path, folder);
    return folder;
  }

  #count(folder: TreeFolder): number {
    folder.all = folder.own;
    for (const child of folder.children) folder.all += this.#count(child);
    return folder.all;
  }
}

/** The path of the folder that a file or folder is in; '' for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The folders from the first below the root to this one. */
export function foldersTo(folder: TreeFolder): TreeFolder[] {
  const found: TreeFolder[] = [];
  for (let at = folder; at.parent !== null; at = at.parent) found.push(at);
  return found.reverse();
}

function newFolder(name: string, path: string, parent: TreeFolder | null): TreeFolder {
  return { name, path, parent, children: [], own: 0, all: 0, role: 'class' };
}

function* everyFolder(folder: TreeFolder): Generator<TreeFolder> {
  yield folder;
  for (const child of folder.children) yield* everyFolder(child);
}

/** A folder without a sibling whose name means "pictures" separates nothing. */
function markWrappers(root: TreeFolder): void {
  for (const folder of everyFolder(root)) {
    const [only] = folder.children;
    if (only === undefined || folder.children.length > 1 || folder.own > 0) continue;
    // Archives are often unpacked into a folder of their own name: `train/train/cat`.
    if (wrapperName.test(only.name) || only.name === folder.name) only.role = 'wrapper';
  }
}

/**
 * Marks the folders that are splits. Sibling folders are, where train and held-out parts are both
 * among them, or where all are folds. Where that is so somewhere, the same names are splits everywhere
 * else where all siblings have names of splits; and so is a single folder that every picture is in.
 */
function markSplits(root: TreeFolder): void {
  const proven = new Set<string>();
  const open: (readonly TreeFolder[])[] = [];
  for (const folder of everyFolder(root)) {
    const named = namedAsSplits(folder);
    const isWhole = named.length === folder.children.length;
    if (isProven(named, isWhole) || (isWhole && folder.own === 0 && isSpine(root, folder))) {
      for (const { folder: split } of named) {
        split.role = 'split';
        proven.add(split.name);
      }
    } else if (isWhole) open.push(named.map(({ folder: split }) => split));
  }
  for (const siblings of open) {
    if (!siblings.every(({ name }) => proven.has(name))) continue;
    for (const split of siblings) split.role = 'split';
  }
}

interface NamedSplit {
  readonly folder: TreeFolder;
  readonly kind: SplitKind;
}

/** The sub-folders whose names are those of splits. */
function namedAsSplits({ children }: TreeFolder): NamedSplit[] {
  const shared = sharedWords(children);
  return children.flatMap((folder) => {
    const kind = folder.role === 'wrapper' ? null : splitKind(folder.name, shared);
    return kind === null ? [] : [{ folder, kind }];
  });
}

function isProven(named: readonly NamedSplit[], isWhole: boolean): boolean {
  const kinds = new Set(named.map(({ kind }) => kind));
  if (kinds.has('train') && kinds.has('held-out')) return true;
  return isWhole && named.length > 1 && kinds.has('fold');
}

/** A folder that holds other folders and every picture separates nothing. */
function markSpine(root: TreeFolder): void {
  for (const folder of everyFolder(root)) {
    const isAbove = folder.own === 0 && folder.children.length > 0;
    if (isAbove && isSpine(root, folder) && folder.role === 'class') folder.role = 'wrapper';
  }
}

/** Whether every picture is in this folder or below it. */
function isSpine(root: TreeFolder, folder: TreeFolder): boolean {
  return folder.all === root.all;
}

/** The words that the names of all of several siblings have: `seg` in seg_train and seg_test. */
function sharedWords(siblings: readonly TreeFolder[]): ReadonlySet<string> {
  const [first, ...others] = siblings.map(({ name }) => new Set(wordsOf(name)));
  if (first === undefined || others.length === 0) return new Set();
  return new Set([...first].filter((word) => others.every((words) => words.has(word))));
}
