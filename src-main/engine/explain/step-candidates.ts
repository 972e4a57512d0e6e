import { mutualNeighbourCount } from '../../contract/bins.ts';
import { labelRelation } from '../../contract/label-relation.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { mutualNeighbours } from '../neighbours/mutual-neighbours.ts';
import { labelNumbers } from '../store/samples.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { libraryRanks } from './anchor-candidates.ts';
import type { CandidateColumns } from './anchor-candidates.ts';
import { labelRelations } from './assign-bins.ts';
import { rankBySimilarity, similarityPercentiles } from '../numeric/similarity-rank.ts';
import type { SimilarityRanking } from '../numeric/similarity-rank.ts';

/** The candidates of an anchor in a step of a training; `rows` are indices into `ids`. */
interface StepCandidates extends Omit<CandidateColumns, 'ranking'> {
  readonly ids: Uint32Array;
  readonly ranking: SimilarityRanking;
}

/** An anchor among the embedded pictures; `rows` are their z by the finished encoder. */
interface StepAnchor {
  readonly embeddings: RunEmbeddings;
  readonly rows: UnitRows;
  readonly row: number;
  readonly samples: SampleColumns;
}

/**
 * The pictures of a step as candidates of the anchor in row `row` of the embeddings, in the order of
 * `ids`; `similarities` are means over their views. Neighbours are those of h, as everywhere; ranks in the
 * library are those of `rows`.
 */
export function stepCandidates(
  { embeddings, rows, row, samples }: StepAnchor,
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
  // A picture that is embedded no longer ranks as the anchor's last.
  const embeddedRows = Uint32Array.from(ids, (id) => embeddings.rowOfId.get(id) ?? row);
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
    anchor: row,
    libraryRank: libraryRanks(rows, row, embeddedRows),
  };
}
