import type { PictureList } from '../../formats/tables/table.ts';
import type { Library } from '../../store/library-file.ts';
import { presentSamples } from '../../store/samples.ts';

/** The pictures with the given ids, in their order. */
export function pictureList(library: Library, ids: Uint32Array): PictureList {
  const present = presentSamples(library);
  const rowOfId = new Map(Array.from(present.ids, (id, index) => [id, index]));
  const rows = Array.from(ids, (id) => rowOfId.get(id) ?? -1);
  return {
    ids,
    hashes: rows.map((row, index) => present.hashes[row] ?? hashOf(library, ids[index] ?? 0)),
    paths: rows.map((row) => present.paths[row] ?? ''),
    labels: rows.map((row) => present.labels[present.labelIndex[row] ?? -1] ?? ''),
    splits:
      present.splits.length === 0
        ? null
        : rows.map((row) => present.splits[present.splitIndex[row] ?? -1] ?? ''),
    indexOfId: new Map(Array.from(ids, (id, index) => [id, index])),
  };
}

/** Every picture that the library ever had, those without a file included. */
export function everyPicture(library: Library): PictureList {
  const rows = library.query<{ id: number }>('SELECT id FROM samples ORDER BY id').all();
  return pictureList(
    library,
    Uint32Array.from(rows, ({ id }) => id),
  );
}

/** A list of no pictures. */
export const noPictures: PictureList = {
  ids: new Uint32Array(0),
  hashes: [],
  paths: [],
  labels: [],
  splits: null,
  indexOfId: new Map(),
};

/** A picture without a file still has its content hash. */
function hashOf(library: Library, id: number): string {
  const row = library.query<{ hash: string }>('SELECT hash FROM samples WHERE id = ?').get(id);
  return row?.hash ?? '';
}
