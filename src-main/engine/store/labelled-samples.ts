/**
 * The query for the pictures of `ofFiles`, which gives the lowest and the highest label of each one's
 * files: with the label given by hand, else that of the files where these agree; and whether they do
 * not, and nobody decided.
 */
function labelled(ofFiles: string): string {
  return `SELECT samples.id AS id, samples.hash AS hash,
      CASE WHEN labelEdits.hash IS NOT NULL THEN nullif(labelEdits.label, '')
        WHEN lowest = highest THEN lowest END AS label,
      labelEdits.hash IS NULL AND lowest <> highest AS isConflict
    FROM (${ofFiles}) AS ofFiles
    JOIN samples ON samples.id = ofFiles.sampleId
    LEFT JOIN labelEdits ON labelEdits.hash = samples.hash`;
}

const ends = 'sampleId, min(label) AS lowest, max(label) AS highest';

/** The present pictures with their labels: those of the folder `@folderId`, or with null all. */
export const labelledSamples = labelled(`SELECT ${ends} FROM files GROUP BY sampleId
  HAVING @folderId IS NULL OR max(folderId = @folderId) = 1`);

/** The picture `@sampleId` with its label; no row where it has no file. */
export const labelledSample = labelled(
  `SELECT ${ends} FROM files WHERE sampleId = @sampleId GROUP BY sampleId`,
);
