import type { SampleColumns } from '../contract/library.ts';

/** A picture in the answer of a command. */
export interface PictureName {
  readonly hash: string;
  readonly path: string;
}

/** Finds hash and path of pictures by id. */
export function pictureNames({ ids, hashes, paths }: SampleColumns): (id: number) => PictureName {
  const places = new Map(Array.from(ids, (id, place) => [id, place]));
  return (id) => {
    const place = places.get(id) ?? -1;
    return { hash: hashes[place] ?? '', path: paths[place] ?? '' };
  };
}
