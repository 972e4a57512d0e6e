import { formatPercent } from '../../contract/percent.ts';
import { labelRelation } from '../../contract/label-relation.ts';
import { noLabel } from '../../contract/label-sets.ts';
import { knnTemperature } from '../evaluation/weighted-knn.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { LabelMembers } from '../../contract/label-sets.ts';

/** So many nearest pictures vote on a label (the default of cleanlab's datalab). */
export const labelErrorNeighbours = 10;

/** A picture whose nearest vote for another label than its own. All pictures are rows. */
export interface LabelError {
  readonly row: number;
  /** The nearest picture of that label among those that voted. */
  readonly other: number;
  readonly label: number;
  /** How many of its nearest voted. */
  readonly voters: number;
  /** Of the vote, the part for that label, and for the labels that the picture has; 0 to 1. */
  readonly share: number;
  readonly ownShare: number;
  /** What pictures of that label get of their own vote on the average, 0 to 1. */
  readonly usual: number;
}

/**
 * Likely label errors after confident learning (Northcutt et al. 2021): p̂(j) of a picture is the part
 * of its weighted kNN vote for label j, which it has no part in itself; t_j is the mean of p̂(j) over the
 * pictures labelled j. A picture is a likely error for the j with the largest p̂(j) among those with
 * p̂(j) ≥ t_j that it is not labelled, if p̂(j) is above p̂ of its own labels. Those with the largest
 * difference of the two (the normalised margin) come first.
 */
export function labelErrors(
  { neighbours, labels }: { readonly neighbours: Neighbours; readonly labels: Int32Array },
  members: LabelMembers,
): LabelError[] {
  const k = Math.min(labelErrorNeighbours, neighbours.k);
  const nearestOf = (row: number): Int32Array =>
    neighbours.rows.subarray(row * neighbours.k, row * neighbours.k + k);
  const votes = Array.from(labels, (_, row) => voteOf(neighbours, labels, members, row, k));
  const usual = meanOwnShares(votes, labels, members);
  const found: LabelError[] = [];
  for (const [row, label] of labels.entries()) {
    const own = members[label] ?? [];
    const vote = votes[row] ?? new Map<number, number>();
    if (label === noLabel || vote.size === 0) continue;
    const ownShare = own.reduce((sum, one) => sum + (vote.get(one) ?? 0), 0);
    const [best] = [...vote]
      .filter(([one, share]) => !own.includes(one) && share >= (usual.get(one) ?? 1))
      .sort(([a, one], [b, other]) => other - one || a - b);
    if (best === undefined || best[1] <= ownShare) continue;
    const other = nearestOf(row).find(
      (near) =>
        (members[labels[near] ?? noLabel] ?? []).includes(best[0]) &&
        labelRelation(label, labels[near] ?? noLabel, members) === 'different',
    );
    if (other === undefined) continue;
    const numbers = { label: best[0], voters: k, share: best[1], ownShare };
    found.push({ row, other, ...numbers, usual: usual.get(best[0]) ?? 1 });
  }
  return found.sort((a, b) => b.share - b.ownShare - (a.share - a.ownShare) || a.row - b.row);
}

/** Why a picture is a likely label error, as the beginning of a pair's reason. */
export function labelErrorSentence(
  { label, voters, share, ownShare, usual }: LabelError,
  { own, names }: { readonly own: string; readonly names: readonly string[] },
): string {
  const other = names[label] ?? '';
  const vote = `${formatPercent(share, 0)} of the vote of its ${voters} nearest is for “${other}” and ${formatPercent(ownShare, 0)} for its own`;
  return `The anchor is labelled “${own}”, but ${vote}; a picture labelled “${other}” gets ${formatPercent(usual, 0)} on average. The candidate is the nearest of them.`;
}

/** The part of each label in the vote of a row's nearest, e^(similarity / 0.07) each; sum 1, or none. */
function voteOf(
  { rows, similarities, k: stored }: Neighbours,
  labels: Int32Array,
  members: LabelMembers,
  row: number,
  k: number,
): Map<number, number> {
  const vote = new Map<number, number>();
  let total = 0;
  for (let place = row * stored; place < row * stored + k; place += 1) {
    const of = members[labels[rows[place] ?? -1] ?? noLabel] ?? [];
    const weight = Math.exp((similarities[place] ?? 0) / knnTemperature);
    // A picture with several labels has one vote, in equal parts.
    for (const one of of) vote.set(one, (vote.get(one) ?? 0) + weight / of.length);
    if (of.length > 0) total += weight;
  }
  for (const [one, weight] of vote) vote.set(one, weight / total);
  return vote;
}

/** t_j: the mean of p̂(j) over the pictures labelled j. */
function meanOwnShares(
  votes: readonly ReadonlyMap<number, number>[],
  labels: Int32Array,
  members: LabelMembers,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [row, label] of labels.entries()) {
    for (const one of members[label] ?? []) {
      const { sum, count } = sums.get(one) ?? { sum: 0, count: 0 };
      sums.set(one, { sum: sum + (votes[row]?.get(one) ?? 0), count: count + 1 });
    }
  }
  return new Map(Array.from(sums, ([label, { sum, count }]) => [label, sum / count]));
}
