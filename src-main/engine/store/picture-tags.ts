import type { Library } from './library-file.ts';

/**
 * Puts a tag on pictures, by content hash, or takes it off; returns those of which it was not so
 * before.
 */
export function tagPictures(
  library: Library,
  hashes: readonly string[],
  tag: string,
  isTagged: boolean,
): string[] {
  const change = library.query(
    isTagged
      ? 'INSERT OR IGNORE INTO pictureTags (hash, tag) VALUES (?, ?)'
      : 'DELETE FROM pictureTags WHERE hash = ? AND tag = ?',
  );
  return library.write(() => hashes.filter((hash) => change.run(hash, tag).changes > 0));
}

/** The pictures with each tag, by content hash; tags and pictures in order. */
export function picturesByTag(library: Library): Map<string, string[]> {
  const rows = library
    .query<{ hash: string; tag: string }>('SELECT hash, tag FROM pictureTags ORDER BY tag, hash')
    .all();
  const byTag = new Map<string, string[]>();
  for (const { hash, tag } of rows) {
    const tagged = byTag.get(tag);
    if (tagged) tagged.push(hash);
    else byTag.set(tag, [hash]);
  }
  return byTag;
}
