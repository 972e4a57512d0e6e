import type { Library } from './library-file.ts';

/** Reads a value that belongs to the library as a whole; null where there is none. */
export function readMeta(library: Library, key: string): string | null {
  const row = library.query<{ value: string }>('SELECT value FROM meta WHERE key = ?').get(key);
  return row?.value ?? null;
}

/** Stores a value that belongs to the library as a whole. */
export function writeMeta(library: Library, key: string, value: string): void {
  library
    .query(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    .run(key, value);
}
