import { Pictures } from '../../src-renderer/app/library/pictures.ts';

interface PictureWords {
  readonly id: number;
  readonly path: string;
  readonly label?: string;
  readonly size?: readonly [number, number];
  /** Left out it is `hash` and the id. */
  readonly hash?: string;
}

/** A library of some pictures, in the order of their ids. */
export function picturesOf(...pictures: readonly PictureWords[]): Pictures {
  const labels = [...new Set(pictures.flatMap(({ label }) => label ?? []))];
  return new Pictures({
    ids: Uint32Array.from(pictures, ({ id }) => id),
    hashes: pictures.map(({ id, hash = `hash${id}` }) => hash),
    paths: pictures.map(({ path }) => path),
    labelIndex: Int32Array.from(pictures, ({ label }) =>
      label === undefined ? -1 : labels.indexOf(label),
    ),
    labels,
    labelMembers: labels.map((_, label) => [label]),
    splitIndex: new Int32Array(pictures.length).fill(-1),
    splits: [],
    sizes: Uint32Array.from(pictures.flatMap(({ size = [72, 72] }) => size)),
  });
}
