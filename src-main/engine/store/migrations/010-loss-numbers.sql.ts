/**
 * Version 10: what the loss saw: measured positives, and the steps of the last epoch; and pictures with
 * more pixels than a view has.
 */
export const lossNumbersSchema = `
-- The similarity in space z of two views of a picture, over the pairs of 'views' drawn views: its mean
-- and standard deviation.
CREATE TABLE positives (
  weightsHash TEXT NOT NULL,
  sampleId INTEGER NOT NULL REFERENCES samples(id),
  mean REAL NOT NULL,
  spread REAL NOT NULL,
  views INTEGER NOT NULL,
  PRIMARY KEY (weightsHash, sampleId)
) WITHOUT ROWID;

-- The steps of a training's last finished epoch, as the loss saw them. 'rowIds' are the pictures of the
-- A anchors (uint32), 'rows' their unit rows z (float32, [A, d]), 'positives' the similarity of each to
-- its positive (float32, [A]). 'columnIds' and 'columns' are the candidates; NULL where they are the
-- rows. 'settings' is JSON: the loss's scalars at that step.
CREATE TABLE lossSteps (
  runId INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  step INTEGER NOT NULL,
  rowIds BLOB NOT NULL,
  rows BLOB NOT NULL,
  positives BLOB NOT NULL,
  columnIds BLOB,
  columns BLOB,
  settings TEXT NOT NULL,
  PRIMARY KEY (runId, epoch, step)
);

-- Decoded pictures, uncropped, RGB bytes [height, width, 3]; the shorter side is 'size' pixels, or the
-- picture's own where that is less. Views are cropped from them.
CREATE TABLE sourcePixels (
  sampleId INTEGER NOT NULL REFERENCES samples(id),
  size INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  rgb BLOB NOT NULL,
  PRIMARY KEY (sampleId, size)
) WITHOUT ROWID;
`;
