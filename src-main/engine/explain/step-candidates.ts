import { mutualNeighbourCount } from '../../contract/bins.ts';
import { labelRelation } from '../../contract/label-relation.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { mutualNeighbours } from '../neighbours/mutual-neighbours.ts';
import { labelNumbers } from '../store/samples.ts';
import type { CandidateColumns } from './anchor-candidates.ts';
import { labelRelations } from './assign-bins.ts';
import { rankBySimilarity, similarityPercentiles } from './similarity-rank.ts';
import type { SimilarityRanking } from './similarity-rank.ts';

/** The candidates of an anchor in a step of a training; `rows` are indices into `ids`. */
export interface StepCandidates extends Omit<CandidateColumns, 'ranking'> {
  readonly ids: Uint32Array;
  readonly ranking: SimilarityRanking;
}

/**
 * The pictures of a step as candidates of the anchor in row `row` of the embeddings, in the order of
 * `ids`; `similarities` are means over their views. Neighbours are those of h, as everywhere.
 */
export function stepCandidates(
  embeddings: RunEmbeddings,
  row: number,
  samples: SampleColumns,
  { ids, similarities }: Pick<StepCandidates, 'ids' | 'similarities'>,
): StepCandidates {
  const { neighbours } = embeddings;
  const mutual = new Set<number>();
  for (const other of mutualNeighbours(embeddings, neighbours, row, mutualNeighbourCount)) {
    mutual.add(embeddings.ids[other] ?? 0);
  }
  const labelOf = labelNumbers(samples);
  const label = labelOf.get(embeddings.ids[row] ?? 0) ?? noLabel;
  const ranking = rankBySimilarity(similarities);
  return {
    ids,
    similarities,
    rows: Uint32Array.from(ids.keys()),
    labelRelation: Uint8Array.from(
      ids,
      (id) =>
        labelRelations[labelRelation(label, labelOf.get(id) ?? noLabel, samples.labelMembers)],
    ),
    mutualKnn: Uint8Array.from(ids, (id) => (mutual.has(id) ? 1 : 0)),
    ranking,
    percentile: similarityPercentiles(similarities, ranking),
  };
}
