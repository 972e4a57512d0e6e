import { knnNeighbours } from '../../contract/run-scores.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import { scoreEmbeddings } from '../evaluation/score-embeddings.ts';
import type { FitProbe, Scores } from '../evaluation/score-embeddings.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';

/** The unit rows of one run, and at least k exact neighbours of each. */
export interface ComparedSide extends UnitRows {
  readonly neighbours: Neighbours;
  /** The neighbours that vote: those outside a row's group. */
  readonly voting: Neighbours;
  /** Fits the run's linear probe to the labels of the scored rows; null where it is left out. */
  readonly fitProbe: FitProbe;
}

/** What the scores of the rows need, the same for every run. */
export interface ScoredBy {
  /** The label of each row that has exactly one; -1 for the others. */
  readonly labels: LabelColumn;
  /** The groups whose rows do not vote for each other; null where every row is on its own. */
  readonly groups: Int32Array | null;
  /** The rows whose spread is measured by uniformity and RankMe (`scoreSample`). */
  readonly sample: Uint32Array;
}

/** The scores of a run's rows, as the run's own are measured; without the alignment. */
export function sideScores(side: ComparedSide, by: ScoredBy): Promise<Scores> {
  const { voting, fitProbe } = side;
  const k = voting.k >= knnNeighbours ? knnNeighbours : null;
  return scoreEmbeddings({
    ...{ rows: side, ...by, neighbours: voting, k },
    ...{ alignment: null, fitProbe },
  });
}
