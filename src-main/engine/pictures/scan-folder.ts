import { resolve } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import type { LabelProposal, LabelRule } from '../../contract/label-rule.ts';
import type { ScanResult } from '../../contract/library.ts';
import { applyRule, readRule } from '../labels/apply-rule.ts';
import { FolderTree } from '../labels/folder-tree.ts';
import { labelsByFolder } from '../labels/label-by-folder.ts';
import { proposeRule } from '../labels/propose-rule.ts';
import { deleteFile, filesOfFolder } from '../store/files.ts';
import { folderByPath, markScanned, saveFolder, type Folder } from '../store/folders.ts';
import { listBlank, listNotes } from '../store/picture-remarks.ts';
import { countLibrary } from '../store/library-counts.ts';
import { folderTakesJunk, saveJunk } from '../store/folder-junk.ts';
import { libraryDecoding, saveDecoding } from '../store/library-decoding.ts';
import type { Library } from '../store/library-file.ts';
import { deleteSkip, saveSkip, skipsOfFolder } from '../store/skips.ts';
import { checkedFolder } from './checked-folder.ts';
import { DecodePool } from './decode-pool.ts';
import { isPassing } from './picture-error.ts';
import { lookForBlank } from './look-for-blank.ts';
import { ScanWriter } from './scan-writer.ts';
import { walkFolder, type FoundFile, type Walk } from './walk-folder.ts';

/**
 * The progress of a scan: files that were looked at, of all that may be pictures; `skipped` counts this
 * scan's skips.
 */
export interface ScanProgress {
  readonly done: number;
  readonly total: number;
  readonly path: string;
  readonly skipped: number;
}

export interface ScanOptions {
  readonly library: Library;
  readonly folder: string;
  /**
   * The rule for labels. `folder` means the one that the tree suggests; undefined the rule that the
   * folder has, or the suggested one for a new folder.
   */
  readonly labels: 'folder' | LabelRule | undefined;
  /** Whether files of other programs are taken; undefined for what the folder has, or no. */
  readonly takesJunk?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
  /** Number of decoding threads. */
  readonly workers: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A scan's result, and how many files were read: 0 when the folder has not changed. */
export type FolderScan = ScanResult & { readonly filesRead: number };

/**
 * Adds the pictures of a folder and its sub-folders to the library. Files that have not changed since
 * the last scan are not read. Files that are gone are removed from the library; their samples stay.
 * @throws EngineError bad-picture-folder, cancelled, library-unreadable; not-found or bad-argument
 *   for a file of labels
 */
export async function scanFolder(options: ScanOptions): Promise<FolderScan> {
  const { library, signal, now } = options;
  const started = now();
  const takesJunk = options.takesJunk ?? folderTakesJunk(library, resolve(options.folder));
  const { root, ...walk } = await readFolder(options.folder, { signal, library, takesJunk });
  const tree = new FolderTree(walk.files.map(({ path }) => path));
  const proposal = proposeRule(tree);
  const known = folderByPath(library, root);
  const { rule, isChosen } = wantedRule(options.labels, known, proposal);
  // Before hours of reading pictures, not after them.
  const source = await readRule(rule);
  saveDecoding(library, libraryDecoding(library));
  const folder = library.write(() => {
    const saved = saveFolder(library, root, rule, isChosen);
    // Known files show a new rule at once; under the one that they have, the end of the scan will do.
    if (known !== null && known.labels !== rule) applyRule(library, saved, source);
    return saved;
  });
  const changed = changedFiles(library, folder, walk.files);
  const writer = new ScanWriter(library, folder, labelsByFolder(tree, rule));
  await readFiles(options, folder, writer, { total: walk.files.length, changed });
  await lookForBlank(library, signal);
  const unmatched = library.write(() => {
    strikeOff(library, folder, walk);
    recordUnreadable(library, folder, walk);
    markScanned(library, folder.id);
    saveJunk(library, folder.id, { takesJunk, leftOut: walk.junk });
    return applyRule(library, folder, source);
  });
  const counts = countLibrary(library, folder.id);
  const skipped = [...skipsOfFolder(library, folder.id).values()]
    .map(({ path, code, reason }) => ({ path, code, reason }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  if (counts.images === 0) throw nothingUsable(root, skipped);
  return {
    ...counts,
    labels: counts.labels.length,
    ...{ rule, proposal, unmatched, skipped, leftOut: walk.junk },
    blank: listBlank(library, folder.id),
    notes: listNotes(library, folder.id),
    seconds: (now() - started) / 1000,
    filesRead: changed.length,
  };
}

function wantedRule(
  labels: ScanOptions['labels'],
  known: Folder | null,
  proposal: LabelProposal,
): { rule: LabelRule; isChosen: boolean } {
  if (labels !== undefined && labels !== 'folder') return { rule: labels, isChosen: true };
  // What a folder holds before its first scan is complete suggests nothing that would have to stay.
  const isNew = known === null || (known.scannedAt === null && !known.isChosen);
  if (labels === 'folder' || isNew) return { rule: proposal.rule, isChosen: false };
  return { rule: known.labels, isChosen: known.isChosen };
}

/**
 * Lists what may be pictures in a folder and its sub-folders, without opening pictures.
 * @throws EngineError bad-picture-folder, cancelled
 */
export async function readFolder(
  folder: string,
  {
    signal,
    library,
    takesJunk = false,
  }: {
    readonly signal: AbortSignal;
    readonly library?: Library;
    readonly takesJunk?: boolean;
  },
): Promise<Walk & { readonly root: string }> {
  const root = await checkedFolder(folder, library);
  const leftOut = library === undefined ? new Set<string>() : filesOfLibrary(library);
  const walked = await walkFolder(root, { signal, leftOut, takesJunk });
  const { files, unreadable, otherFiles, junk } = walked;
  const walk = { root, files, unreadable, otherFiles, junk };
  checkHasCandidates(walk, root);
  return walk;
}

// Opening and closing a library's file would release SQLite's own locks on it (POSIX locks).
function filesOfLibrary(library: Library): ReadonlySet<string> {
  return new Set(['', '-wal', '-shm', '-journal', '.lock'].map((end) => library.file + end));
}

function checkHasCandidates(walk: Walk, root: string): void {
  if (walk.files.length > 0 || walk.unreadable.length > 0) return;
  throw new EngineError(
    'bad-picture-folder',
    walk.otherFiles === 0
      ? `The folder ${root} is empty: it holds no pictures.${leftOutText(walk)}`
      : `The folder ${root} holds no pictures: none of its ${plural(walk.otherFiles, 'file')} is a JPEG, PNG, WebP, GIF, AVIF, TIFF or BMP.${leftOutText(walk)}`,
  );
}

function leftOutText({ junk }: Walk): string {
  const kinds = Object.entries(junk).map(([kind, count]) => `${kind} ${count}`);
  return kinds.length === 0
    ? ''
    : ` Files of other programs and hidden ones were left out (${kinds.join(', ')}).`;
}

function nothingUsable(root: string, skipped: ScanResult['skipped']): EngineError {
  const first = skipped[0];
  const example = first === undefined ? '' : ` ${first.path}: ${first.reason}`;
  return new EngineError(
    'bad-picture-folder',
    `No file of the folder ${root} can be used: ${plural(skipped.length, 'file')} skipped.${example}`,
  );
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Removes the files that are gone from the library. */
function strikeOff(library: Library, folder: Folder, walk: Walk): void {
  const found = new Set(walk.files.map(({ path }) => path));
  for (const path of filesOfFolder(library, folder.id).keys()) {
    if (!found.has(path)) deleteFile(library, folder.id, path);
  }
  for (const path of skipsOfFolder(library, folder.id).keys()) {
    if (!found.has(path)) deleteSkip(library, folder.id, path);
  }
}

/** The files that are new, have another size or time than before, or may have become readable. */
function changedFiles(library: Library, folder: Folder, files: readonly FoundFile[]): FoundFile[] {
  const known = filesOfFolder(library, folder.id);
  const skips = skipsOfFolder(library, folder.id);
  return files.filter((file) => {
    const skip = skips.get(file.path);
    const before = known.get(file.path) ?? (skip && !isPassing(skip.code) ? skip : undefined);
    return before?.sizeBytes !== file.sizeBytes || before.modifiedMs !== file.modifiedMs;
  });
}

async function readFiles(
  options: ScanOptions,
  folder: Folder,
  writer: ScanWriter,
  { total, changed }: { total: number; changed: readonly FoundFile[] },
): Promise<void> {
  let done = total - changed.length;
  let skipped = 0;
  if (changed.length === 0) {
    options.onProgress({ done, total, path: '', skipped });
    return;
  }
  const { background } = libraryDecoding(options.library);
  const pool = new DecodePool(options.library.file, Math.min(options.workers, changed.length));
  try {
    await pool.run(changed, {
      taskOf: ({ path }) => ({
        ...{ kind: 'thumbnail', path: `${folder.path}/${path}`, background, isAgain: false },
      }),
      bytesOf: ({ sizeBytes }) => sizeBytes,
      onAnswer: (file, answer) => {
        writer.add(file, answer);
        if (answer.kind === 'skip') skipped++;
        options.onProgress({ done: ++done, total, path: file.path, skipped });
      },
      signal: options.signal,
    });
  } finally {
    await pool.close();
    writer.flush();
  }
}

function recordUnreadable(library: Library, folder: Folder, walk: Walk): void {
  for (const { path, error } of walk.unreadable) {
    const { code, message } = error;
    const unknown = { sizeBytes: 0, modifiedMs: 0 };
    saveSkip(library, { folderId: folder.id, path, code, reason: message, ...unknown });
  }
}
