import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  applicationId,
  checkIsLibrary,
  migrate,
  migrations,
  schemaVersion,
} from '../../../src-main/engine/store/migrate.ts';
import { temporaryFolder } from './temporary-library.ts';

function database(): Database.Database {
  const db = new Database(join(temporaryFolder(), 'l.sqlite'));
  onTestFinished(() => void db.close());
  return db;
}

/** The schema as SQLite reports it, without the layout of the text that made it. */
function schemaOf(db: Database.Database): unknown[] {
  return db.prepare(`SELECT type, name, sql FROM sqlite_schema ORDER BY type, name`).all();
}

describe('migrate', () => {
  test.each(migrations.map((_, version) => version))(
    'from version %i reaches the schema of a new library',
    (version) => {
      const old = database();
      migrate(old, migrations.slice(0, version));
      expect(schemaVersion(old)).toBe(version);
      migrate(old, migrations);
      const fresh = database();
      migrate(fresh, migrations);
      expect(schemaOf(old)).toEqual(schemaOf(fresh));
      expect(schemaVersion(old)).toBe(migrations.length);
      expect(old.pragma('application_id', { simple: true })).toBe(applicationId);
      expect(() => checkIsLibrary(old, 'l.sqlite')).not.toThrow();
    },
  );

  test('keeps rows, also those that refer to a table that is rebuilt', () => {
    const db = database();
    migrate(db, migrations);
    db.exec(`INSERT INTO folders (path, labels) VALUES ('/p', 'none');
      INSERT INTO skips VALUES (1, 'a.png', 'damaged', 'Is damaged.', 1, 1)`);
    const rebuild = `CREATE TABLE folders2 (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,
        labels TEXT NOT NULL, scannedAt INTEGER, isWatched INTEGER NOT NULL DEFAULT 0);
      INSERT INTO folders2 (id, path, labels, scannedAt) SELECT id, path, labels, scannedAt FROM folders;
      DROP TABLE folders; ALTER TABLE folders2 RENAME TO folders;`;
    migrate(db, [...migrations, rebuild]);
    expect(schemaVersion(db)).toBe(migrations.length + 1);
    expect(db.prepare('SELECT path, isWatched FROM folders').all()).toEqual([
      { path: '/p', isWatched: 0 },
    ]);
    expect(db.prepare('SELECT path FROM skips').pluck().all()).toEqual(['a.png']);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  test('leaves the version before, complete, when a step throws', () => {
    const db = database();
    migrate(db, migrations);
    db.exec(`INSERT INTO meta VALUES ('a', '1')`);
    const before = schemaOf(db);
    const broken = `DELETE FROM meta; CREATE TABLE extra (x); INSERT INTO nowhere VALUES (1);`;
    expect(() => migrate(db, [...migrations, broken])).toThrow('nowhere');
    expect(schemaOf(db)).toEqual(before);
    expect(schemaVersion(db)).toBe(migrations.length);
    expect(db.prepare('SELECT value FROM meta').pluck().all()).toEqual(['1']);
  });

  test('refuses a step that leaves rows without the row they refer to', () => {
    const db = database();
    migrate(db, migrations);
    db.exec(`INSERT INTO folders (path, labels) VALUES ('/p', 'none');
      INSERT INTO skips VALUES (1, 'a.png', 'damaged', 'Is damaged.', 1, 1)`);
    expect(() => migrate(db, [...migrations, 'DELETE FROM folders'])).toThrow('refer to nothing');
    expect(db.prepare('SELECT count(*) FROM folders').pluck().get()).toBe(1);
  });
});
