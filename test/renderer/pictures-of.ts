import { Pictures } from '../../src-renderer/app/library/pictures.ts';

interface PictureWords {
  readonly id: number;
  readonly path: string;
  /** Several have "|" between them. */
  readonly label?: string;
  readonly split?: string;
  readonly size?: readonly [number, number];
  /** Left out it is `hash` and the id. */
  readonly hash?: string;
}

/** A library of some pictures, in the order of their ids. */
export function picturesOf(...pictures: readonly PictureWords[]): Pictures {
  const sets = pictures.flatMap(({ label }) => label ?? []);
  const labels = [...new Set(sets.flatMap((label) => [label, ...label.split('|')]))];
  const splits = [...new Set(pictures.flatMap(({ split }) => split ?? []))];
  return new Pictures({
    ids: Uint32Array.from(pictures, ({ id }) => id),
    hashes: pictures.map(({ id, hash = `hash${id}` }) => hash),
    paths: pictures.map(({ path }) => path),
    labelIndex: Int32Array.from(pictures, ({ label }) =>
      label === undefined ? -1 : labels.indexOf(label),
    ),
    labels,
    labelMembers: labels.map((label) => label.split('|').map((name) => labels.indexOf(name))),
    splitIndex: Int32Array.from(pictures, ({ split }) =>
      split === undefined ? -1 : splits.indexOf(split),
    ),
    splits,
    sizes: Uint32Array.from(pictures.flatMap(({ size = [72, 72] }) => size)),
  });
}
