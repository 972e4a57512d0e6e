import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportFormat } from '../../../contract/imports.ts';
import { compareNaturally } from '../../store/natural-order.ts';
import { fileError, formatOfEnding } from '../../formats/open-table.ts';

/** A file of vectors, and the epoch in its name. */
export interface VectorFile {
  readonly file: string;
  readonly epoch: number | null;
}

export interface FoundFiles {
  readonly vectors: readonly VectorFile[];
  /** Files in which a recorder wrote the negatives of an epoch. */
  readonly negatives: readonly { readonly file: string; readonly epoch: number }[];
  /** The pattern by which epochs were read from file names, or null. */
  readonly pattern: string | null;
}

/**
 * Where a folder has files of several formats, those of the first format in this list are its vectors.
 */
const preference: readonly ImportFormat[] = [
  'parquet',
  'npz',
  'safetensors',
  'npy',
  'jsonl',
  'csv',
  'json',
];
const negativesName = /^negatives[_-]?(\d+)\.npz$/i;
const usualEpoch = /epoch[_=-]?(\d+)/i;

/**
 * Finds the files of an import: opens folders, separates files of recorded negatives, and reads epochs
 * from file names by a pattern such as `epoch_{epoch}.npy`, either the given one or the usual one.
 * @throws EngineError not-found, bad-argument
 */
export async function findFiles(
  given: readonly string[],
  epoch: string | undefined,
): Promise<FoundFiles> {
  const files = (await Promise.all(given.map(filesOf))).flat();
  const isNegatives = (file: string): boolean => negativesName.test(basename(file));
  const negatives = files.filter(isNegatives).map((file) => ({ file, epoch: numberIn(file) }));
  const vectors = files.filter((file) => !isNegatives(file));
  if (vectors.length === 0) {
    throw new EngineError('not-found', `There is nothing to import in ${given.join(', ')}.`);
  }
  const isGiven = epoch !== undefined && isPattern(epoch);
  const used = isGiven ? epoch : usualPattern(vectors);
  if (used === null) {
    return { vectors: vectors.map((file) => ({ file, epoch: null })), negatives, pattern: null };
  }
  const withEpochs = vectors.map((file) => {
    const digits = epochIn(file, used, isGiven);
    if (digits !== undefined) return { file, epoch: Number(digits) };
    throw new EngineError(
      'bad-argument',
      `The name of ${file} does not fit the pattern ${used}, so that its epoch is not known.`,
    );
  });
  withEpochs.sort((a, b) => a.epoch - b.epoch);
  return { vectors: withEpochs, negatives, pattern: used };
}

/** Whether a text is a pattern of file names rather than the name of a column. */
export function isPattern(text: string): boolean {
  return text.includes('{epoch}');
}

/** The file of picture names beside a file of vectors that holds no names, or null. */
export async function findPathsFile(vectors: string): Promise<string | null> {
  const folder = dirname(vectors);
  const stem = basename(vectors, extname(vectors)).toLowerCase();
  const usual = [`${stem}.pictures`, `${stem}_paths`, `${stem}.paths`, `${stem}-paths`, stem];
  usual.push('paths', 'names', 'files', 'filenames', 'image_paths');
  const entries = (await readdir(folder)).filter(
    (name) => name !== basename(vectors) && formatOfEnding(name) !== null,
  );
  for (const wanted of usual) {
    const found = entries.find((name) => basename(name, extname(name)).toLowerCase() === wanted);
    if (found !== undefined) return join(folder, found);
  }
  return null;
}

async function filesOf(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const found = await readdir(path, { recursive: true, withFileTypes: true });
    const files = found
      .filter((entry) => entry.isFile() && !/^[._]/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    const isNegatives = (file: string): boolean => negativesName.test(basename(file));
    const format = preference.find((wanted) =>
      files.some((file) => formatOfEnding(file) === wanted && !isNegatives(file)),
    );
    return files
      .filter((file) => isNegatives(file) || formatOfEnding(file) === format)
      .sort(compareNaturally);
  } catch (cause) {
    throw fileError(path, cause);
  }
}

function numberIn(file: string): number {
  return Number(negativesName.exec(basename(file))?.[1]);
}

/** The pattern `epoch_{epoch}`, as it is spelt in the file names, where all of them agree; else null. */
function usualPattern(files: readonly string[]): string | null {
  const patterns = new Set(
    files.map((file) => {
      const found = usualEpoch.exec(basename(file)) ?? usualEpoch.exec(basename(dirname(file)));
      return found ? found[0].replace(/\d+$/, '{epoch}') : null;
    }),
  );
  const [pattern = null] = patterns;
  return patterns.size === 1 ? pattern : null;
}

/**
 * The digits that stand for `{epoch}` in the file's name, else in the name of its folder, which a pattern
 * that a person gave must match as a whole: `e{epoch}` is not meant for a folder `run-e5`. Only a
 * pattern with `/` looks at more of the path.
 */
function epochIn(file: string, pattern: string, isGiven: boolean): string | undefined {
  const text = patternText(pattern);
  if (pattern.includes('/')) {
    return new RegExp(text).exec(file.replaceAll('\\', '/'))?.[1];
  }
  const inFolder = new RegExp(isGiven ? `^${text}$` : text);
  const found = new RegExp(text).exec(basename(file)) ?? inFolder.exec(basename(dirname(file)));
  return found?.[1];
}

/** The pattern as a regular expression whose first group holds the digits. */
function patternText(pattern: string): string {
  const [before = '', after = ''] = pattern
    .split('{epoch}')
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return `${before}(?<!\\d)(\\d+)(?!\\d)${after}`;
}
