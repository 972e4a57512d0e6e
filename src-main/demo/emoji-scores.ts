import { nothingLeftOut } from '../contract/leave-out.ts';
import { knnNeighbours } from '../contract/run-scores.ts';
import { singleLabels } from '../engine/evaluation/label-columns.ts';
import { groupsOfRows, leftOutGroups } from '../engine/evaluation/leave-out-groups.ts';
import type { LeftOutGroups } from '../engine/evaluation/leave-out-groups.ts';
import { scoredLabels } from '../engine/evaluation/scored-labels.ts';
import { leaveOneOutAccuracy } from '../engine/evaluation/weighted-knn.ts';
import { readRun } from '../engine/neighbours/embedding-cache.ts';
import { exactNeighbours } from '../engine/neighbours/exact-neighbours.ts';
import type { Neighbours } from '../engine/neighbours/exact-neighbours.ts';
import { hasEmbeddings } from '../engine/store/embeddings.ts';
import { openLibrary } from '../engine/store/library-file.ts';
import type { Library } from '../engine/store/library-file.ts';
import { findRun } from '../engine/store/runs.ts';
import { labelsOf, presentSamples } from '../engine/store/samples.ts';
import { emojiOf, emojiPattern } from './emoji-of.ts';

/** What a run makes of the emoji, which have several drawings each; from 0 to 1. */
export interface EmojiScores {
  /**
   * The kNN accuracy where drawings of the same emoji by other vendors, which raw pixels find well, do not
   * vote: what `evaluate --leave-out name:…` gives.
   */
  readonly knnOtherEmoji: number | null;
  /** The part of the pictures whose nearest one is the same emoji: of emoji that were judged, and of the others. */
  readonly sameNearest: { readonly judged: number; readonly others: number };
}

/**
 * The scores of each run, with what was judged of which emoji; null for a run that embedded nothing.
 */
export async function emojiScores(
  libraryFile: string,
  runs: readonly number[],
  isJudged: (emoji: string) => boolean,
): Promise<(EmojiScores | null)[]> {
  const library = openLibrary(libraryFile, { mode: 'read', now: () => 0 });
  try {
    const groups = await leftOutGroups(library, { ...nothingLeftOut, name: emojiPattern });
    const scores: (EmojiScores | null)[] = [];
    for (const run of runs) scores.push(await scoresOfRun(library, run, { groups, isJudged }));
    return scores;
  } finally {
    library.close();
  }
}

async function scoresOfRun(
  library: Library,
  run: number,
  {
    groups,
    isJudged,
  }: { readonly groups: LeftOutGroups | null; readonly isJudged: (emoji: string) => boolean },
): Promise<EmojiScores | null> {
  const { name, weightsHash } = findRun(library, run);
  if (weightsHash === null || !hasEmbeddings(library, weightsHash, 'h')) return null;
  const { ids, vectors, count, dimensions } = await readRun(library, name, weightsHash);
  const rows = { vectors, count, dimensions };
  const nearest = await exactNeighbours({ ...rows, k: 1 });
  return {
    knnOtherEmoji: await knnOf(library, ids, rows, groups),
    sameNearest: sameNearest(library, ids, nearest, isJudged),
  };
}

async function knnOf(
  library: Library,
  ids: Uint32Array,
  rows: { readonly vectors: Float32Array; readonly count: number; readonly dimensions: number },
  leftOut: LeftOutGroups | null,
): Promise<number | null> {
  const samples = presentSamples(library);
  const labels = singleLabels(labelsOf(samples, ids), samples.labelMembers);
  const groups = groupsOfRows(leftOut, ids);
  if (groups === null || rows.count <= knnNeighbours) return null;
  const neighbours = await exactNeighbours({ ...rows, k: knnNeighbours, groups });
  const scored = scoredLabels(labels, groups);
  return leaveOneOutAccuracy({ neighbours, labels }, knnNeighbours, scored.labels);
}

function sameNearest(
  library: Library,
  sampleIds: Uint32Array,
  nearest: Neighbours,
  isJudged: (emoji: string) => boolean,
): EmojiScores['sameNearest'] {
  const { ids, paths } = presentSamples(library);
  const pathOf = new Map(Array.from(ids, (id, row) => [id, paths[row] ?? '']));
  const emoji = Array.from(sampleIds, (id) => emojiOf(pathOf.get(id) ?? ''));
  const shareOf = (isIn: (one: string) => boolean): number => {
    const rows = [...emoji.keys()].filter((row) => isIn(emoji[row] ?? ''));
    const isSame = (row: number): boolean => emoji[nearest.rows[row] ?? -1] === emoji[row];
    return rows.filter(isSame).length / rows.length;
  };
  return { judged: shareOf(isJudged), others: shareOf((one) => !isJudged(one)) };
}
