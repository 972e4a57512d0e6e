/** Version 8: notes, tags, archiving and deleting of runs; a deleted run's name is free again. */
export const runCareSchema = `
-- 'tags' is a JSON array of texts. A deleted run stays until it is purged; 'purging' is 1 once that began.
CREATE TABLE runsWithCare (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  encoder TEXT NOT NULL,
  objective TEXT,
  settings TEXT NOT NULL,
  device TEXT,
  state TEXT NOT NULL,
  epochs INTEGER NOT NULL DEFAULT 0,
  loss REAL,
  imagesPerSecond REAL,
  metrics TEXT NOT NULL DEFAULT '{}',
  weightsHash TEXT,
  createdAt INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]',
  archived INTEGER NOT NULL DEFAULT 0,
  deletedAt INTEGER,
  purging INTEGER NOT NULL DEFAULT 0
);
INSERT INTO runsWithCare (id, name, kind, encoder, objective, settings, device, state, epochs, loss,
  imagesPerSecond, metrics, weightsHash, createdAt) SELECT id, name, kind, encoder, objective, settings,
  device, state, epochs, loss, imagesPerSecond, metrics, weightsHash, createdAt FROM runs;
DROP TABLE runs;
ALTER TABLE runsWithCare RENAME TO runs;
CREATE UNIQUE INDEX runNames ON runs(name) WHERE deletedAt IS NULL;
`;
