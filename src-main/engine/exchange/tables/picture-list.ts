import type { PictureList } from '../../formats/tables/table.ts';
import type { Library } from '../../store/library-file.ts';
import { presentSamples } from '../../store/samples.ts';

/** The pictures of the given ids, in their order. */
export function pictureList(library: Library, ids: Uint32Array): PictureList {
  const present = presentSamples(library);
  const row = new Map(Array.from(present.ids, (id, at) => [id, at]));
  const rows = Array.from(ids, (id) => row.get(id) ?? -1);
  return {
    ids,
    hashes: rows.map((at, place) => present.hashes[at] ?? hashOf(library, ids[place] ?? 0)),
    paths: rows.map((at) => present.paths[at] ?? ''),
    labels: rows.map((at) => present.labels[present.labelIndex[at] ?? -1] ?? ''),
    placeOfId: new Map(Array.from(ids, (id, place) => [id, place])),
  };
}

/** Every picture that the library ever had, those without a file too. */
export function everyPicture(library: Library): PictureList {
  const rows = library.query<{ id: number }>('SELECT id FROM samples ORDER BY id').all();
  return pictureList(
    library,
    Uint32Array.from(rows, ({ id }) => id),
  );
}

export const noPictures: PictureList = {
  ids: new Uint32Array(0),
  hashes: [],
  paths: [],
  labels: [],
  placeOfId: new Map(),
};

/** A picture without a file is still known by its content. */
function hashOf(library: Library, id: number): string {
  const row = library.query<{ hash: string }>('SELECT hash FROM samples WHERE id = ?').get(id);
  return row?.hash ?? '';
}
