import Database from 'better-sqlite3';

/**
 * The tables whose rows no computation brings back: what people said, named and set. All else comes from
 * the pictures, or by training again with the same settings. In the order in which rows refer to others.
 */
export const preciousTables = [
  'meta',
  'folders',
  'runs',
  'epochMetrics',
  'encoders',
  'verdicts',
  'labelEdits',
  'pictureTags',
  'leftOutOfTraining',
] as const;

/** Those of them that a library has: one of an older version lacks some. */
export function preciousTablesOf(db: Database.Database): string[] {
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  return preciousTables.filter((table) => tables.includes(table));
}

/**
 * Checks the pages of these tables and of their indexes.
 * @throws SqliteError SQLITE_CORRUPT where they are damaged
 */
export function checkPreciousTables(db: Database.Database): void {
  for (const table of preciousTablesOf(db)) refuseDamage(db.pragma(`quick_check(${table})`));
}

/** Checks every page. @throws SqliteError SQLITE_CORRUPT where one is damaged */
export function checkWholeLibrary(db: Database.Database): void {
  refuseDamage(db.pragma('integrity_check(1)'));
}

function refuseDamage(found: unknown): void {
  const [first] = found as readonly Record<string, string>[];
  const [sentence = ''] = Object.values(first ?? {});
  if (sentence !== 'ok') throw new Database.SqliteError(sentence, 'SQLITE_CORRUPT');
}
