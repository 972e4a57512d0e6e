/** Version 6: encoders that were made elsewhere. */
export const encodersSchema = `
-- 'identity' is the SHA-256 of weights, output and preprocessing: the weightsHash of what it embeds.
CREATE TABLE encoders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  selfTest TEXT NOT NULL,
  addedAt INTEGER NOT NULL
);
`;
