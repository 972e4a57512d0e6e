/**
 * The query for the present pictures with the label of each: the one given by hand, else that of its
 * files where these agree. `@folderId` restricts it to the pictures of one folder; null does not.
 */
export const labelledSamples = `
  SELECT samples.id AS id, samples.hash AS hash,
    CASE WHEN labelEdits.hash IS NOT NULL THEN nullif(labelEdits.label, '')
      WHEN lowest = highest THEN lowest END AS label
  FROM (SELECT sampleId, min(label) AS lowest, max(label) AS highest FROM files GROUP BY sampleId
    HAVING @folderId IS NULL OR max(folderId = @folderId) = 1) AS ofFiles
  JOIN samples ON samples.id = ofFiles.sampleId
  LEFT JOIN labelEdits ON labelEdits.hash = samples.hash`;
