/** Version 7: features of augmented views, which heads are trained on. */
export const viewFeaturesSchema = `
-- One row per picture: the float16 unit vectors of its views, end to end. 'drawsHash' names how many
-- views there are and what they were drawn from.
CREATE TABLE viewFeatures (
  encoderHash TEXT NOT NULL,
  drawsHash TEXT NOT NULL,
  sampleId INTEGER NOT NULL REFERENCES samples(id),
  vectors BLOB NOT NULL,
  PRIMARY KEY (encoderHash, drawsHash, sampleId)
);
`;
