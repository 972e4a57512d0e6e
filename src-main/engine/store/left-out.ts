import type { Library } from './library-file.ts';
import { presentSampleIds } from './samples.ts';

/**
 * Leaves pictures, by content hash, out of the trainings to come, or lets them in again; returns those
 * of which it was not so before.
 */
export function leaveOutOfTraining(
  library: Library,
  hashes: readonly string[],
  isLeftOut: boolean,
): string[] {
  const change = library.query(
    isLeftOut
      ? 'INSERT OR IGNORE INTO leftOutOfTraining (hash) VALUES (?)'
      : 'DELETE FROM leftOutOfTraining WHERE hash = ?',
  );
  return library.write(() => hashes.filter((hash) => change.run(hash).changes > 0));
}

/** The content hashes of the pictures that are left out of trainings, in order. */
export function leftOutHashes(library: Library): string[] {
  return library
    .query<{ hash: string }>('SELECT hash FROM leftOutOfTraining ORDER BY hash')
    .all()
    .map(({ hash }) => hash);
}

/** The pictures that a training is on, by sample id in order; and how many are left out of it. */
export function trainableSamples(library: Library): {
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly leftOut: number;
} {
  const rows = library
    .query<{ id: number }>(
      'SELECT id FROM samples WHERE hash IN (SELECT hash FROM leftOutOfTraining)',
    )
    .all();
  const leftOut = new Set(rows.map(({ id }) => id));
  const present = presentSampleIds(library);
  const ids = present.filter((id) => !leftOut.has(id));
  return { ids, leftOut: present.length - ids.length };
}
