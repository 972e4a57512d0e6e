/** Version 4: what comparing two runs found. */
export const comparisonsSchema = `
-- 'parameters' is JSON that names all else the result depends on, labels and verdicts too.
CREATE TABLE comparisons (
  firstWeights TEXT NOT NULL,
  secondWeights TEXT NOT NULL,
  samplesHash TEXT NOT NULL,
  parameters TEXT NOT NULL,
  result TEXT NOT NULL,
  createdAt INTEGER NOT NULL,
  PRIMARY KEY (firstWeights, secondWeights, samplesHash, parameters)
) WITHOUT ROWID;
`;
