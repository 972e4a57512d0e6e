import Database from 'better-sqlite3';
import { EngineError } from '../../contract/errors/errors.ts';
import { initialSchema } from './migrations/001-initial.sql.ts';
import { ledgerSchema } from './migrations/002-ledger.sql.ts';
import { verdictsSchema } from './migrations/003-verdicts.sql.ts';
import { comparisonsSchema } from './migrations/004-comparisons.sql.ts';
import { runKindsSchema } from './migrations/005-run-kinds.sql.ts';
import { encodersSchema } from './migrations/006-encoders.sql.ts';
import { viewFeaturesSchema } from './migrations/007-view-features.sql.ts';
import { runCareSchema } from './migrations/008-run-care.sql.ts';
import { labelsSchema } from './migrations/009-labels.sql.ts';
import { lossNumbersSchema } from './migrations/010-loss-numbers.sql.ts';

/**
 * The migrations from an empty file to the current schema, in order; a migration is never changed once
 * released.
 */
export const migrations: readonly string[] = [
  initialSchema,
  ledgerSchema,
  verdictsSchema,
  comparisonsSchema,
  runKindsSchema,
  encodersSchema,
  viewFeaturesSchema,
  runCareSchema,
  labelsSchema,
  lossNumbersSchema,
];

/** 'Nega' in ASCII, which distinguishes a library from other SQLite files. */
export const applicationId = 0x4e656761;

/**
 * Applies the migrations that a database lacks, each in its own transaction: when one throws, the file
 * stays complete at the version before it.
 */
export function migrate(db: Database.Database, steps: readonly string[]): void {
  if (schemaVersion(db) === steps.length) return;
  // Rebuilding a table drops the old one, which must not delete rows of the tables that refer to it.
  db.pragma('foreign_keys = OFF');
  try {
    for (let version = schemaVersion(db); version < steps.length; version++) {
      applyStep(db, steps[version] ?? '', version + 1);
    }
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

/** The version of the schema in the file; 0 for an empty file. */
export function schemaVersion(db: Database.Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/**
 * Checks that the database is empty or a library of at most this version.
 * @throws EngineError library-unreadable, library-newer
 */
export function checkIsLibrary(db: Database.Database, file: string): void {
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (tables === 0) return;
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new EngineError(
      'library-unreadable',
      `${file} is an SQLite file, but not a Negatoscope library. Choose another file; this one was left as it is.`,
    );
  }
  const version = schemaVersion(db);
  if (version > migrations.length) {
    throw new EngineError(
      'library-newer',
      `The library ${file} was made by a newer Negatoscope (version ${version} of the file format; this one knows up to ${migrations.length}). Update Negatoscope to open it.`,
    );
  }
}

function applyStep(db: Database.Database, sql: string, version: number): void {
  db.transaction(() => {
    db.exec(sql);
    if ((db.pragma('foreign_key_check') as unknown[]).length > 0) {
      throw new Database.SqliteError(
        `Migration ${version} leaves rows that refer to nothing.`,
        'SQLITE_CORRUPT',
      );
    }
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${version}`);
  }).immediate();
}
