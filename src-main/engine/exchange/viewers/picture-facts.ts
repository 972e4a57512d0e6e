import { binNames } from '../../../contract/bins.ts';
import type { VectorSpace } from '../../../contract/negatives.ts';
import { candidatesOf } from '../../explain/anchor-candidates.ts';
import { comparedSpace } from '../../explain/compared-space.ts';
import { readProjected } from '../../neighbours/embedding-cache.ts';
import type { RunEmbeddings } from '../../neighbours/embedding-cache.ts';
import { explainCandidates, explanationSettings } from '../../explain/explain-run-anchor.ts';
import { calibrationOf } from '../../explain/suspicion/calibration.ts';
import { findAnchor } from '../../pictures/anchor-lookup.ts';
import { readPictureNumbers } from '../../explain/read-picture-numbers.ts';
import type { Library } from '../../store/library-file.ts';
import type { Run } from '../../store/runs.ts';
import { presentSamples } from '../../store/samples.ts';
import { verdictsOnAnchors } from '../../verdicts/library-verdicts.ts';
import { knownPairs } from '../../verdicts/known-pairs.ts';
import { choice, numbers } from '../../formats/tables/table.ts';
import type { ColumnValues, TableColumn } from '../../formats/tables/table.ts';

/** A column of a table with its values, one per picture. */
interface PictureFact {
  readonly column: TableColumn;
  readonly values: ColumnValues;
}

const trainingColumns = [
  ['loss', numbers('loss', 'float32', 'nats', 'of the last recorded epoch')],
  ['hardness', numbers('hardness', 'float32', 'cosine', 'mean of the recorded negatives')],
  [
    'effectiveNegatives',
    numbers('effective_negatives', 'float32', 'negatives', '(Σ p)² / Σ p² over all that it pushes'),
  ],
  [
    'sameLabelShare',
    numbers('same_label_share', 'float32', 'of 1', 'of its gradient, on its own label'),
  ],
] as const;

/** What the last recorded epoch of a run's training says about pictures; empty without a ledger. */
export function trainingFacts(library: Library, run: Run, ids: Uint32Array): PictureFact[] {
  const recorded = readPictureNumbers(library, run.id);
  if (recorded.epoch === null) return [];
  const rowOfId = new Map(Array.from(recorded.ids, (id, row) => [id, row]));
  const rows = Array.from(ids, (id) => rowOfId.get(id) ?? -1);
  return trainingColumns.map(([name, column]) => ({
    column,
    values: Float32Array.from(rows, (row) => recorded[name][row] ?? NaN),
  }));
}

/** The value of the anchor itself in the column of bins. */
const anchorBins = [...binNames, 'anchor'];
const anchorColumns = {
  similarity: numbers('similarity', 'float32', 'cosine', 'to the anchor, in the space of the loss'),
  rank: numbers('rank', 'int32', 'from 0', 'by similarity to the anchor; -1 the anchor itself'),
  bin: choice('bin', anchorBins, 'hard, false, suspected, ring or easy, seen from the anchor'),
};

/** A picture by path or hash as the anchor of a run; `space` is that of its loss where left out. */
interface AnchorOfRun {
  readonly run: Run;
  readonly embeddings: RunEmbeddings;
  readonly reference: string;
  readonly space?: VectorSpace | undefined;
}

/**
 * Similarity, rank and bin of pictures for an anchor of the run, by the run's own settings. `ids` are
 * pictures that the run has embedded.
 * @throws EngineError not-found, bad-argument where the anchor does not name exactly one picture
 */
export async function factsFromAnchor(
  library: Library,
  { run, embeddings, reference, space: wanted }: AnchorOfRun,
  ids: Uint32Array,
): Promise<PictureFact[]> {
  const anchor = findAnchor(library, reference, '/');
  const row = embeddings.rowOfId.get(anchor.id) ?? -1;
  const projected = await readProjected(library, embeddings);
  const { space, rows, positiveOf } = comparedSpace(library, run, embeddings, projected, wanted);
  const samples = presentSamples(library);
  const { known } = knownPairs(library, embeddings.ids, samples);
  const calibration = await calibrationOf(rows, known, embeddings.neighbours);
  const explained = explainCandidates(
    embeddings,
    candidatesOf(embeddings, row, samples, null, rows),
    explanationSettings(run, {}),
    verdictsOnAnchors(library)(anchor.hash),
    { space, positive: positiveOf(anchor.id), calibration },
  );
  const rankOfId = new Map(Array.from(explained.ids, (id, rank) => [id, rank]));
  const ranks = Int32Array.from(ids, (id) => rankOfId.get(id) ?? -1);
  const itself = anchorBins.indexOf('anchor');
  return [
    {
      column: anchorColumns.similarity,
      values: Float32Array.from(ranks, (rank) => explained.similarity[rank] ?? 1),
    },
    { column: anchorColumns.rank, values: ranks },
    {
      column: anchorColumns.bin,
      values: Uint8Array.from(ranks, (rank) => explained.bin[rank] ?? itself),
    },
  ];
}
