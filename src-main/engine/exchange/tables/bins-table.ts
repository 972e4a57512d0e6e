import { binNames, mutualNeighbourCount, zoneNames } from '../../../contract/bins.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { TableChoice } from '../../../contract/exports.ts';
import { evidenceBits } from '../../../contract/negatives.ts';
import { candidatesOf } from '../../explain/anchor-candidates.ts';
import { comparedSpace } from '../../explain/compared-space.ts';
import { calibrationOf } from '../../explain/suspicion/calibration.ts';
import { readProjected, readRun } from '../../neighbours/embedding-cache.ts';
import type { RunEmbeddings } from '../../neighbours/embedding-cache.ts';
import { explainCandidates, explanationSettings } from '../../explain/explain-run-anchor.ts';
import type { AnchorColumns } from '../../explain/explain-run-anchor.ts';
import { exactNeighbours } from '../../neighbours/exact-neighbours.ts';
import type { Library } from '../../store/library-file.ts';
import { presentSamples } from '../../store/samples.ts';
import { verdictsOnAnchors } from '../../verdicts/library-verdicts.ts';
import { knownPairs } from '../../verdicts/known-pairs.ts';
import { pictureList } from './picture-list.ts';
import { choice, numbers, picture } from '../../formats/tables/table.ts';
import type { ColumnValues, Table, TableChunk, TableColumn } from '../../formats/tables/table.ts';
import { sourceOfRun, wantedEmbeddedRun } from './run-source.ts';

const columns: readonly TableColumn[] = [
  picture('anchor', 'the anchor'),
  picture('candidate', 'what it is compared with'),
  numbers('rank', 'int32', 'from 0', 'of the candidate by similarity, 0 the most similar'),
  numbers('similarity', 'float32', 'cosine', 'of anchor and candidate'),
  numbers('percentile', 'float32', 'of 1', 'the part of the candidates that are less similar'),
  numbers('weight', 'float32', 'mean 1', 'N q, the relative weight in the loss'),
  numbers('share', 'float32', 'sums to 1', 'signed share of the gradient, below 0 attracted'),
  choice('zone', zoneNames, 'where it lies by the ring’s two cuts, or a positive of the loss'),
  choice('bin', binNames, 'hard, false, suspected, ring or easy'),
  numbers('same_label', 'boolean', '', 'evidence that it is false: the same label, a fact'),
  numbers('mutual_knn', 'boolean', '', 'evidence that it is false: mutual neighbours, a suspicion'),
  numbers('judged_same', 'boolean', '', 'evidence that it is false: a verdict'),
  numbers('judged_different', 'boolean', '', 'evidence that it is not false: a verdict'),
  numbers(
    'posterior',
    'float32',
    'probability',
    'that it is false, from its rank; calibrated where enough pairs are known',
  ),
];
const evidenceOrder = [
  evidenceBits.sameLabel,
  evidenceBits.mutualKnn,
  evidenceBits.verdict,
  evidenceBits.judgedDifferent,
];

/** One row per anchor and candidate, anchor by anchor, the most similar candidate first. */
export async function binsTable(
  library: Library,
  { run: reference, most, binsSpace }: TableChoice,
): Promise<Table> {
  const run = wantedEmbeddedRun(library, reference);
  const embeddings = await readRun(library, run.name, run.weightsHash);
  if (embeddings.count < 2) {
    throw new EngineError('too-few-pictures', 'One picture alone has no negatives.');
  }
  const projected = await readProjected(library, embeddings);
  const compared = comparedSpace(library, run, embeddings, projected, binsSpace);
  const { space } = compared;
  const settings = explanationSettings(run, {});
  const samples = presentSamples(library);
  const perAnchor = Math.min(most === 0 ? Infinity : most, embeddings.count - 1);
  const pictures = pictureList(library, embeddings.ids);
  const verdictsOn = verdictsOnAnchors(library);
  const { known } = knownPairs(library, embeddings.ids, samples);
  const calibration = await calibrationOf(compared.rows, known, embeddings.neighbours);
  return {
    columns,
    pictures,
    count: embeddings.count * perAnchor,
    source: { ...sourceOfRun(run), what: 'bins', space, parameters: JSON.stringify(settings) },
    async *chunks(): AsyncGenerator<TableChunk> {
      let rows = embeddings;
      for (let row = 0; row < rows.count; row++) {
        // A preview reads only the first anchor, which needs no neighbours of all rows.
        if (row === 1) rows = await withNeighbours(embeddings);
        const verdicts = verdictsOn(pictures.hashes[row] ?? '');
        const explained = explainCandidates(
          rows,
          candidatesOf(rows, row, samples, null, compared.rows),
          settings,
          verdicts,
          { space, positive: compared.positiveOf(rows.ids[row] ?? 0), calibration },
        );
        yield { count: perAnchor, values: columnsOf(explained, row, perAnchor, pictures) };
      }
    },
  };
}

/** Finds the neighbours of all rows first; else they would be searched anew for every anchor. */
async function withNeighbours(embeddings: RunEmbeddings): Promise<RunEmbeddings> {
  if (embeddings.neighbours !== null) return embeddings;
  const { vectors, count, dimensions } = embeddings;
  const k = Math.min(mutualNeighbourCount, count - 1);
  return { ...embeddings, neighbours: await exactNeighbours({ vectors, count, dimensions, k }) };
}

function columnsOf(
  explained: Omit<AnchorColumns, 'batch'>,
  anchor: number,
  count: number,
  { indexOfId }: Table['pictures'],
): ColumnValues[] {
  const { similarity, percentile, weight, share, zone, bin, posterior } = explained;
  const evidence = explained.evidence.subarray(0, count);
  return [
    new Int32Array(count).fill(anchor),
    Int32Array.from(explained.ids.subarray(0, count), (id) => indexOfId.get(id) ?? -1),
    Int32Array.from({ length: count }, (_, rank) => rank),
    similarity.subarray(0, count),
    percentile.subarray(0, count),
    weight.subarray(0, count),
    share.subarray(0, count),
    zone.subarray(0, count),
    bin.subarray(0, count),
    ...evidenceOrder.map((bit) => evidence.map((bits) => ((bits & bit) === 0 ? 0 : 1))),
    posterior.subarray(0, count),
  ];
}
