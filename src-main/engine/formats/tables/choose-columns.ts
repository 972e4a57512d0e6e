import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportColumn } from '../../../contract/imports.ts';

/** Usual names of the column for each use, the likeliest first. */
const usual = {
  vectors: /^(vectors?|embeddings?|emb|features?|feats?|h|z|array|values|x)$/i,
  hashes: /^(content_?)?(hash|sha_?-?256)(es)?$/i,
  paths:
    /^(paths?|files?|file_?names?|file_?paths?|image_?paths?|images?|img_?paths?|imgs?|pictures?|ur[il]s?|keys?|names?|line|array|ids?)$/i,
  epoch: /^epochs?$/i,
} as const;

/**
 * Chooses the column of vectors: the named one or, without a name, the only one or the one with a usual
 * name.
 * @throws EngineError bad-argument, listing the columns of the file
 */
export function chooseVectors(
  columns: readonly ImportColumn[],
  wanted: string | undefined,
  file: string,
): ImportColumn {
  if (wanted !== undefined) {
    const found = columnNamed(columns, wanted, file);
    if (found.kind === 'vector' && (found.length ?? 0) > 1) return found;
    throw refusal(`The column ${wanted} of ${file} holds no vectors, but ${found.type}.`);
  }
  const possible = columns.filter(({ kind, length }) => kind === 'vector' && (length ?? 0) > 1);
  const [only, ...others] = possible;
  if (only === undefined) {
    throw refusal(`${file} has no column of vectors. ${listOf(columns)}`);
  }
  if (others.length === 0) return only;
  const named = possible.filter(({ name }) => usual.vectors.test(name));
  if (named[0] && named.length === 1) return named[0];
  throw refusal(
    `${file} has several columns of vectors (${possible.map(({ name }) => name).join(', ')}): say which one to import.`,
  );
}

/**
 * Chooses the columns of content hashes and of paths, which identify the picture of each row; null for
 * a column that does not exist.
 */
export function chooseNames(
  columns: readonly ImportColumn[],
  wanted: { readonly hashes?: string | undefined; readonly paths?: string | undefined },
  file: string,
): { readonly hashes: string | null; readonly paths: string | null } {
  const named = (name: string): string => columnNamed(columns, name, file).name;
  const texts = columns.filter(({ kind }) => kind === 'text');
  const hashes =
    wanted.hashes === undefined
      ? texts.find(({ name }) => usual.hashes.test(name))?.name
      : named(wanted.hashes);
  if (wanted.paths !== undefined) return { hashes: hashes ?? null, paths: named(wanted.paths) };
  const others = texts.filter(({ name }) => name !== hashes);
  const likely = others.find(({ name }) => usual.paths.test(name));
  const paths = likely ?? (others.length === 1 ? others[0] : undefined);
  return { hashes: hashes ?? null, paths: paths?.name ?? null };
}

/**
 * Chooses the column of epochs, or null.
 * @throws EngineError bad-argument, listing the columns of the file
 */
export function chooseEpoch(
  columns: readonly ImportColumn[],
  wanted: string | undefined,
  file: string,
): string | null {
  if (wanted !== undefined) return columnNamed(columns, wanted, file).name;
  return (
    columns.find(({ name, kind }) => kind === 'number' && usual.epoch.test(name))?.name ?? null
  );
}

/** Lists the columns of a file in a sentence. */
export function listOf(columns: readonly ImportColumn[]): string {
  const shown = columns.filter(({ name }) => !name.endsWith('*')).slice(0, 12);
  if (shown.length === 0) return 'It holds no columns.';
  const names = shown.map(({ name, type }) => `${name} (${type})`).join(', ');
  return `It has ${names}${columns.length > shown.length ? ' and others' : ''}.`;
}

function columnNamed(columns: readonly ImportColumn[], name: string, file: string): ImportColumn {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  throw refusal(`${file} has no column ${name}. ${listOf(columns)}`);
}

function refusal(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
