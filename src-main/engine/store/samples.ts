import { labelNames, noLabel, shownLabel } from '../../contract/label-sets.ts';
import type { Blank, SampleColumns } from '../../contract/library.ts';
import type { AnchorPicture } from '../../contract/negatives.ts';
import { labelledSample, labelledSamples } from './labelled-samples.ts';
import { RowsOfIds } from './row-lookup.ts';
import { idsOfJson } from './sample-ids.ts';
import type { Library } from './library-file.ts';
import { compareNaturally } from './natural-order.ts';

/** A distinct picture: SHA-256 (hex) of the file's bytes; width and height in pixels, upright. */
export interface Sample {
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** Why it shows nothing; empty where it shows something, left out where nobody looked. */
  readonly blank?: Blank | '';
  /** What is wrong with its file, in a sentence. */
  readonly note?: string;
}

/** Stores a sample and returns its id; a sample with a known hash has its id already. */
export function saveSample(library: Library, sample: Sample): number {
  const known = sampleIdByHash(library, sample.hash);
  if (known !== null) return known;
  const { lastInsertRowid } = library
    .query(
      `INSERT INTO samples (hash, width, height, format, addedAt, blank, note)
       VALUES (@hash, @width, @height, @format, @addedAt, @blank, @note)`,
    )
    .run({ blank: null, note: '', ...sample, addedAt: library.now() });
  return Number(lastInsertRowid);
}

/** The id of the sample with this content hash, or null. */
export function sampleIdByHash(library: Library, hash: string): number | null {
  const row = library.query<{ id: number }>('SELECT id FROM samples WHERE hash = ?').get(hash);
  return row?.id ?? null;
}

interface PresentSample {
  readonly id: number;
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly label: string | null;
}

const presentQuery = `SELECT labelled.id, labelled.hash, width, height, label
  FROM (${labelledSamples}) AS labelled
  JOIN samples ON samples.id = labelled.id ORDER BY labelled.id`;

interface FirstFile {
  readonly path: string;
  readonly split: string | null;
}

// Beside min(path), SQLite takes the other columns from the row that has this path.
const firstFilesQuery = `SELECT min(path) AS path, split FROM files
  JOIN samples ON samples.id = sampleId GROUP BY sampleId ORDER BY sampleId`;

/**
 * The pictures with at least one file, ordered by id. Of a picture with several files, the first path
 * and that file's split count.
 */
export function presentSamples(library: Library): SampleColumns {
  // Each present picture has a row in both, which SQLite would take twice as long to join.
  const { samples, files } = library.read(() => ({
    samples: library.query<PresentSample>(presentQuery).all({ folderId: null }),
    files: library.query<FirstFile>(firstFilesQuery).all(),
  }));
  const { stored, members } = labelTable(samples.flatMap(({ label }) => label ?? []));
  const labelNumber = numbersOf(stored);
  const splits = [...new Set(files.flatMap(({ split }) => split ?? []))].sort(compareNaturally);
  const splitNumber = numbersOf(splits);
  return {
    ids: Uint32Array.from(samples, ({ id }) => id),
    hashes: samples.map(({ hash }) => hash),
    paths: files.map(({ path }) => path),
    labelIndex: Int32Array.from(samples, ({ label }) => labelNumber.get(label ?? '') ?? noLabel),
    labels: stored.map(shownLabel),
    labelMembers: members,
    splitIndex: Int32Array.from(files, ({ split }) => splitNumber.get(split ?? '') ?? -1),
    splits,
    sizes: Uint32Array.from(samples.flatMap(({ width, height }) => [width, height])),
  };
}

/** The ids of the pictures that were added after a time, in milliseconds since 1970. */
export function samplesAddedAfter(library: Library, time: number): ReadonlySet<number> {
  const rows = library
    .query<{ id: number }>('SELECT id FROM samples WHERE addedAt > ?')
    .all(Number.isFinite(time) ? time : Number.MAX_SAFE_INTEGER);
  return new Set(rows.map(({ id }) => id));
}

/** Stored labels in the order in which they are shown, single ones of sets too, and their members. */
function labelTable(labels: readonly string[]): { stored: string[]; members: number[][] } {
  const stored = new Set<string>();
  for (const label of new Set(labels))
    for (const name of [label, ...labelNames(label)]) stored.add(name);
  const ordered = [...stored].sort((a, b) => compareNaturally(shownLabel(a), shownLabel(b)));
  const numbers = numbersOf(ordered);
  const members = ordered.map((label) => labelNames(label).map((name) => numbers.get(name) ?? 0));
  return { stored: ordered, members };
}

function numbersOf(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(texts.map((text, index) => [text, index]));
}

/** One present picture by id; null where it has no file any more. */
export function presentPicture(library: Library, sampleId: number): AnchorPicture | null {
  const found = library
    .query<{ id: number; hash: string; label: string | null; path: string }>(
      `SELECT id, hash, label, (SELECT min(path) FROM files WHERE sampleId = id) AS path
       FROM (${labelledSample})`,
    )
    .get({ sampleId });
  if (found === undefined) return null;
  const { id, hash, path, label } = found;
  return { id, hash, path, label: label === null ? null : shownLabel(label) };
}

/** Width and height of a picture in pixels; 0 where the id is unknown. */
export function pictureSides(
  library: Library,
  sampleId: number,
): { readonly width: number; readonly height: number } {
  const row = library
    .query<{ width: number; height: number }>('SELECT width, height FROM samples WHERE id = ?')
    .get(sampleId);
  return row ?? { width: 0, height: 0 };
}

/** The present pictures whose formats may have transparent parts. */
export function clearPictures(library: Library): { id: number; hash: string }[] {
  return library
    .query<{ id: number; hash: string }>(
      `SELECT id, hash FROM samples WHERE format NOT IN ('jpeg', 'bmp')
       AND EXISTS (SELECT 1 FROM files WHERE sampleId = samples.id) ORDER BY id`,
    )
    .all();
}

/** The ids of the present pictures, ascending. */
export function presentSampleIds(library: Library): Uint32Array {
  const row = library
    .query<{ ids: string }>('SELECT json_group_array(DISTINCT sampleId) AS ids FROM files')
    .get();
  return idsOfJson(row?.ids ?? '[]').sort();
}

/** The label number of each present picture by the picture's id; -1 for none. */
export function labelNumbers({
  ids,
  labelIndex,
}: Pick<SampleColumns, 'ids' | 'labelIndex'>): ReadonlyMap<number, number> {
  return new Map(Array.from(ids, (id, index) => [id, labelIndex[index] ?? noLabel]));
}

/** The label number of each of `wanted`, in their order; -1 for none. */
export function labelsOf(
  { ids, labelIndex }: Pick<SampleColumns, 'ids' | 'labelIndex'>,
  wanted: Uint32Array,
): Int32Array {
  return valuesOf(ids, labelIndex, wanted);
}

/** The number of the split of each of `wanted`, in their order; -1 for none. */
export function splitsOf(
  { ids, splitIndex }: Pick<SampleColumns, 'ids' | 'splitIndex'>,
  wanted: Uint32Array,
): Int32Array {
  return valuesOf(ids, splitIndex, wanted);
}

function valuesOf(ids: Uint32Array, values: Int32Array, wanted: Uint32Array): Int32Array {
  const rows = new RowsOfIds(ids);
  const found = new Int32Array(wanted.length);
  for (let index = 0; index < wanted.length; index++) {
    const row = rows.get(wanted[index] as number);
    found[index] = row === undefined ? noLabel : (values[row] ?? noLabel);
  }
  return found;
}

/** The content hash of each of `wanted`, in their order; empty where a picture is gone. */
export function hashesOf(
  { ids, hashes }: Pick<SampleColumns, 'ids' | 'hashes'>,
  wanted: Uint32Array,
): string[] {
  const rows = new RowsOfIds(ids);
  return Array.from(wanted, (id) => hashes[rows.get(id) ?? -1] ?? '');
}
