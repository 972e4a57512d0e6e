/** Version 5: runs of more kinds than two; which kinds there are is the contract's to say. */
export const runKindsSchema = `
CREATE TABLE runsOfAnyKind (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
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
  createdAt INTEGER NOT NULL
);
INSERT INTO runsOfAnyKind SELECT id, name, kind, encoder, objective, settings, device, state, epochs,
  loss, imagesPerSecond, metrics, weightsHash, createdAt FROM runs;
DROP TABLE runs;
ALTER TABLE runsOfAnyKind RENAME TO runs;
`;
