import type { SampleColumns } from '../../contract/library.ts';
import type { AnchorPicture } from '../../contract/negatives.ts';
import type { Library } from './library-file.ts';
import { compareNaturally } from './natural-order.ts';

/** A distinct picture: SHA-256 (hex) of the file's bytes; width and height in pixels, upright. */
export interface Sample {
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly format: string;
}

/** Stores a sample and returns its id; a sample with a known hash has its id already. */
export function saveSample(library: Library, sample: Sample): number {
  const known = sampleIdByHash(library, sample.hash);
  if (known !== null) return known;
  const { lastInsertRowid } = library
    .query(
      `INSERT INTO samples (hash, width, height, format, addedAt)
       VALUES (@hash, @width, @height, @format, @addedAt)`,
    )
    .run({ ...sample, addedAt: library.now() });
  return Number(lastInsertRowid);
}

/** The id of the sample with this content hash, or null. */
export function sampleIdByHash(library: Library, hash: string): number | null {
  const row = library.query<{ id: number }>('SELECT id FROM samples WHERE hash = ?').get(hash);
  return row?.id ?? null;
}

interface FileOfSample {
  id: number;
  hash: string;
  width: number;
  height: number;
  path: string;
  label: string | null;
}

const filesOfSamples = `SELECT id, hash, width, height, path, label FROM samples
  JOIN files ON files.sampleId = samples.id`;

/**
 * The pictures with at least one file, ordered by id. Of a picture with several files, the first path
 * and the first label by path count.
 */
export function presentSamples(library: Library): SampleColumns {
  const samples = groupBySample(
    library.query<FileOfSample>(`${filesOfSamples} ORDER BY id, path, folderId`).iterate(),
  );
  const labels = [...new Set(samples.flatMap(({ label }) => label ?? []))].sort(compareNaturally);
  const indexOfLabel = new Map(labels.map((label, index) => [label, index]));
  return {
    ids: Uint32Array.from(samples, ({ id }) => id),
    hashes: samples.map(({ hash }) => hash),
    paths: samples.map(({ path }) => path),
    labelIndex: Int32Array.from(samples, ({ label }) => indexOfLabel.get(label ?? '') ?? -1),
    labels,
    sizes: Uint32Array.from(samples.flatMap(({ width, height }) => [width, height])),
  };
}

/** One present picture by id; null where it has no file any more. */
export function presentPicture(library: Library, sampleId: number): AnchorPicture | null {
  const files = library
    .query<FileOfSample>(`${filesOfSamples} WHERE id = ? ORDER BY path, folderId`)
    .all(sampleId);
  const [sample] = groupBySample(files);
  if (sample === undefined) return null;
  return { id: sample.id, hash: sample.hash, path: sample.path, label: sample.label };
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

/** The ids of the present pictures, ascending. */
export function presentSampleIds(library: Library): Uint32Array {
  const rows = library
    .query<{ sampleId: number }>('SELECT DISTINCT sampleId FROM files ORDER BY sampleId')
    .all();
  return Uint32Array.from(rows, ({ sampleId }) => sampleId);
}

/** Stands for the number of a label where a picture has none. */
export const noLabel = -1;

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
  // Ids are small, ascending numbers: with an array, a million are found in milliseconds; with a Map
  // they are not.
  const labelOfId = new Int32Array((ids.at(-1) ?? 0) + 1).fill(noLabel);
  for (let index = 0; index < ids.length; index++) {
    labelOfId[ids[index] as number] = labelIndex[index] ?? noLabel;
  }
  const labels = new Int32Array(wanted.length);
  for (let index = 0; index < wanted.length; index++) {
    labels[index] = labelOfId[wanted[index] as number] ?? noLabel;
  }
  return labels;
}

function groupBySample(files: Iterable<FileOfSample>): FileOfSample[] {
  const samples: FileOfSample[] = [];
  for (const file of files) {
    const last = samples.at(-1);
    if (last?.id !== file.id) samples.push(file);
    else last.label ??= file.label;
  }
  return samples;
}
