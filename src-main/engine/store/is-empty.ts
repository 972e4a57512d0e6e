import type { Library } from './library-file.ts';

/** What a library may hold that someone would miss. */
const kept = ['files', 'runs', 'encoders', 'verdicts'] as const;

/** Whether a library holds no picture and no work of anyone: at most what a scan could not use. */
export function isEmptyLibrary(library: Library): boolean {
  return kept.every((table) => library.query(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined);
}
