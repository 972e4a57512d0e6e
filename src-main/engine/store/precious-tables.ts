import Database from 'better-sqlite3';

/**
 * The tables whose rows no computation brings back: what people said, named and set. All else comes from
 * the pictures, or by training again with the same settings. In the order in which rows refer to others.
 */
const preciousTables = [
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

/** Columns that hold JSON, and are read when a library is opened. */
const jsonColumns: Readonly<Record<string, readonly string[]>> = {
  runs: ['settings', 'metrics', 'tags'],
  encoders: ['description', 'selfTest'],
  jobs: ['input', 'result', 'error'],
};

/**
 * Checks the pages of these tables and of their indexes, and that JSON in them, and in the jobs, is whole.
 * @throws SqliteError SQLITE_CORRUPT where they are damaged
 */
export function checkPreciousTables(db: Database.Database): void {
  for (const table of preciousTablesOf(db)) refuseDamage(db.pragma(`quick_check(${table})`));
  for (const [table, columns] of Object.entries(jsonColumns)) {
    const present = (db.pragma(`table_info(${table})`) as { name: string }[]).map(
      ({ name }) => name,
    );
    for (const column of columns.filter((one) => present.includes(one))) {
      const broken = db.prepare(`SELECT 1 FROM ${table} WHERE NOT json_valid(${column}) LIMIT 1`);
      if (broken.get() !== undefined) refuseDamage([{ found: `${table}.${column} is no JSON` }]);
    }
  }
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
