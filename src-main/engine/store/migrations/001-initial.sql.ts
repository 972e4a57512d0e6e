/** Version 1 of a library file. Pictures are known by content hash; ids are stable within the file. */
export const initialSchema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE folders (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  labels TEXT NOT NULL CHECK (labels IN ('folder', 'none')),
  scannedAt INTEGER
);

-- One row per distinct picture (content hash = SHA-256 of the file's bytes, hex).
CREATE TABLE samples (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  format TEXT NOT NULL,
  addedAt INTEGER NOT NULL
);

-- One row per file on disk; several may show the same sample. Paths are relative to the folder, with '/'.
CREATE TABLE files (
  folderId INTEGER NOT NULL REFERENCES folders(id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  sampleId INTEGER NOT NULL REFERENCES samples(id),
  sizeBytes INTEGER NOT NULL,
  modifiedMs REAL NOT NULL,
  label TEXT,
  PRIMARY KEY (folderId, path)
) WITHOUT ROWID;
CREATE INDEX filesBySample ON files(sampleId);

CREATE TABLE skips (
  folderId INTEGER NOT NULL REFERENCES folders(id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  sizeBytes INTEGER NOT NULL,
  modifiedMs REAL NOT NULL,
  PRIMARY KEY (folderId, path)
) WITHOUT ROWID;

-- WebP, longest side 160 px.
CREATE TABLE thumbnails (sampleId INTEGER PRIMARY KEY REFERENCES samples(id), image BLOB NOT NULL);

-- Decoded pictures, size x size x 3 RGB bytes, cover-cropped: what training reads.
CREATE TABLE pixels (
  sampleId INTEGER NOT NULL REFERENCES samples(id),
  size INTEGER NOT NULL,
  rgb BLOB NOT NULL,
  PRIMARY KEY (sampleId, size)
) WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('trained', 'loaded')),
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

-- 'weights' is kept for every epoch; 'training' (optimiser slots, random state, step) for the last one.
CREATE TABLE checkpoints (
  runId INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  weightsHash TEXT NOT NULL,
  weights BLOB NOT NULL,
  training BLOB,
  PRIMARY KEY (runId, epoch)
);

CREATE TABLE history (
  runId INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  epoch REAL NOT NULL,
  loss REAL NOT NULL,
  clampRate REAL NOT NULL DEFAULT 0,
  seconds REAL NOT NULL,
  PRIMARY KEY (runId, step)
) WITHOUT ROWID;

CREATE TABLE epochMetrics (
  runId INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  name TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (runId, epoch, name)
) WITHOUT ROWID;

-- One unit-length vector per picture, weights and space ('h' before, 'z' after the projection head).
CREATE TABLE embeddings (
  weightsHash TEXT NOT NULL,
  space TEXT NOT NULL CHECK (space IN ('h', 'z')),
  sampleId INTEGER NOT NULL REFERENCES samples(id),
  vector BLOB NOT NULL,
  PRIMARY KEY (weightsHash, space, sampleId)
) WITHOUT ROWID;

-- Exact neighbours of a set of embeddings, by the hash of the sample ids they were computed for.
CREATE TABLE neighbours (
  weightsHash TEXT NOT NULL,
  space TEXT NOT NULL,
  samplesHash TEXT NOT NULL,
  k INTEGER NOT NULL,
  ids BLOB NOT NULL,
  similarities BLOB NOT NULL,
  PRIMARY KEY (weightsHash, space, samplesHash)
) WITHOUT ROWID;

CREATE TABLE maps (
  weightsHash TEXT NOT NULL,
  samplesHash TEXT NOT NULL,
  parameters TEXT NOT NULL,
  sampleIds BLOB NOT NULL,
  coordinates BLOB NOT NULL,
  createdAt INTEGER NOT NULL,
  PRIMARY KEY (weightsHash, samplesHash, parameters)
) WITHOUT ROWID;

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  input TEXT NOT NULL,
  state TEXT NOT NULL,
  progress REAL NOT NULL DEFAULT 0,
  message TEXT NOT NULL DEFAULT '',
  result TEXT,
  error TEXT,
  createdAt INTEGER NOT NULL,
  endedAt INTEGER
);
`;
