import type { SampleColumns } from '../contract/library.ts';

/** The names of a picture in the answer of a command. */
export interface PictureName {
  readonly hash: string;
  readonly path: string;
}

/** Finds hash and path of pictures by id. */
export function pictureNames({ ids, hashes, paths }: SampleColumns): (id: number) => PictureName {
  const indices = new Map(Array.from(ids, (id, index) => [id, index]));
  return (id) => {
    const index = indices.get(id) ?? -1;
    return { hash: hashes[index] ?? '', path: paths[index] ?? '' };
  };
}
