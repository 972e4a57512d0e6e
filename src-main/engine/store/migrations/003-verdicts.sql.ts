/** Version 3: what humans say of pairs of pictures. */
export const verdictsSchema = `
-- Content hashes, not sample ids: a verdict outlives the removal and return of its pictures.
CREATE TABLE verdicts (
  hashA TEXT NOT NULL,
  hashB TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
  note TEXT NOT NULL,
  runId INTEGER REFERENCES runs(id) ON DELETE SET NULL,
  createdAt INTEGER NOT NULL,
  PRIMARY KEY (hashA, hashB),
  CHECK (hashA < hashB)
) WITHOUT ROWID;
`;
