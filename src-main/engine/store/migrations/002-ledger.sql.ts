/** Version 2: what the negatives of each anchor did to it while training. */
export const ledgerSchema = `
-- One row per anchor and epoch. 'negatives' holds columns end to end, of n negatives each: sample ids
-- (uint32), similarity, weight, signed share (float32), times met (uint16), zone (uint8).
CREATE TABLE ledger (
  runId INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  sampleId INTEGER NOT NULL REFERENCES samples(id),
  loss REAL NOT NULL,
  effectiveNegatives REAL NOT NULL,
  clamped REAL NOT NULL,
  sameLabelShare REAL NOT NULL,
  negatives BLOB NOT NULL,
  PRIMARY KEY (runId, epoch, sampleId)
) WITHOUT ROWID;
`;
