import { nothingLeftOut } from '../contract/leave-out.ts';
import { knnNeighbours } from '../contract/run-scores.ts';
import { singleLabels } from '../engine/evaluation/label-columns.ts';
import { groupsOfRows, leftOutGroups } from '../engine/evaluation/leave-out-groups.ts';
import type { LeftOutGroups } from '../engine/evaluation/leave-out-groups.ts';
import { scoredLabels } from '../engine/evaluation/scored-labels.ts';
import { leaveOneOutAccuracy } from '../engine/evaluation/weighted-knn.ts';
import { readRun } from '../engine/neighbours/embedding-cache.ts';
import { exactNeighbours } from '../engine/neighbours/exact-neighbours.ts';
import { hasEmbeddings } from '../engine/store/embeddings.ts';
import { openLibrary } from '../engine/store/library-file.ts';
import type { Library } from '../engine/store/library-file.ts';
import { findRun } from '../engine/store/runs.ts';
import { labelsOf, presentSamples } from '../engine/store/samples.ts';

/** The emoji of a demo picture, whoever drew it: of `drink/1f375__noto.png`, 1f375. */
export const emojiPattern = '([^/]*?)__[^/]*$';

/**
 * The kNN accuracy of each run where drawings of the same emoji by other vendors, which raw pixels find
 * well, do not vote: what `evaluate --leave-out name:…` gives. Null for a run that embedded nothing.
 */
export async function knnOfOtherEmoji(
  libraryFile: string,
  runs: readonly number[],
): Promise<(number | null)[]> {
  const library = openLibrary(libraryFile, { mode: 'read', now: () => 0 });
  try {
    const groups = await leftOutGroups(library, { ...nothingLeftOut, name: emojiPattern });
    const accuracies: (number | null)[] = [];
    for (const run of runs) accuracies.push(await accuracyOfRun(library, run, groups));
    return accuracies;
  } finally {
    library.close();
  }
}

async function accuracyOfRun(
  library: Library,
  run: number,
  leftOut: LeftOutGroups | null,
): Promise<number | null> {
  const { name, weightsHash } = findRun(library, run);
  if (weightsHash === null || !hasEmbeddings(library, weightsHash, 'h')) return null;
  const { ids, vectors, count, dimensions } = await readRun(library, name, weightsHash);
  const samples = presentSamples(library);
  const labels = singleLabels(labelsOf(samples, ids), samples.labelMembers);
  const groups = groupsOfRows(leftOut, ids);
  if (groups === null || count <= knnNeighbours) return null;
  const neighbours = await exactNeighbours({
    vectors,
    count,
    dimensions,
    k: knnNeighbours,
    groups,
  });
  const scored = scoredLabels(labels, groups);
  return leaveOneOutAccuracy({ neighbours, labels }, knnNeighbours, scored.labels);
}
