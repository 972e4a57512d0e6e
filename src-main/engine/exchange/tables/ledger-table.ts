import { zoneNames } from '../../../contract/bins.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { TableChoice } from '../../../contract/exports.ts';
import { ledgerEpoch, ledgerSize } from '../../store/ledger.ts';
import type { LedgerAnchor } from '../../store/ledger.ts';
import type { Library } from '../../store/library-file.ts';
import { everyPicture } from './picture-list.ts';
import type { PictureList } from '../../formats/tables/table.ts';
import {
  choice,
  noChoice,
  numbers,
  numbersWhereKnown,
  picture,
} from '../../formats/tables/table.ts';
import type { ColumnValues, Table, TableChunk, TableColumn } from '../../formats/tables/table.ts';
import { sourceOfRun, wantedRun } from './run-source.ts';

const columns: readonly TableColumn[] = [
  numbers('epoch', 'int32', 'from 1', 'of the training'),
  picture('anchor', 'the anchor'),
  picture('negative', 'what it was compared with; none where nothing had a gradient'),
  numbersWhereKnown(
    'rank',
    'int32',
    'from 0',
    'of the negative by its share, 0 the largest; −1 in arrays without a negative',
    -1,
  ),
  numbers('similarity', 'float32', 'cosine', 'mean over their occurrences'),
  numbers('weight', 'float32', 'mean 1', 'N q, mean relative weight in the loss'),
  numbers('share', 'float32', 'of 1', 'signed share of the gradient, below 0 attracted'),
  numbersWhereKnown(
    'met',
    'uint16',
    'times',
    'how often a view of one was a candidate of a view of the other in the epoch',
    0,
  ),
  choice(
    'zone',
    zoneNames,
    'where it lay by the ring’s two cuts, or a positive of the loss; none without a negative',
  ),
  numbers('anchor_loss', 'float32', 'nats', 'mean loss of the anchor in the epoch'),
  numbers(
    'anchor_effective_negatives',
    'float32',
    'negatives',
    '(Σ p)² / Σ p² over all that it pushes',
  ),
  numbers('anchor_clamped', 'float32', 'of 1', 'the part of its views without a gradient'),
  numbers('anchor_same_label_share', 'float32', 'of 1', 'of its gradient, on its own label'),
];

/**
 * A table with one row per epoch, anchor and recorded negative, the negative with the largest share
 * first.
 */
export function ledgerTable(library: Library, { run: reference, epoch }: TableChoice): Table {
  const run = wantedRun(library, reference);
  const recorded = ledgerSize(library, run.id).filter(
    (size) => epoch === undefined || size.epoch === epoch,
  );
  if (recorded.length === 0) {
    throw new EngineError(
      'not-found',
      epoch === undefined
        ? `The run "${run.name}" has no ledger: it was not trained here, or with a ledger size of 0.`
        : `The run "${run.name}" recorded nothing in epoch ${epoch}.`,
    );
  }
  const pictures = everyPicture(library);
  return {
    columns,
    pictures,
    count: recorded.reduce((sum, { rows }) => sum + rows, 0),
    source: { ...sourceOfRun(run), what: 'ledger' },
    *chunks(): Generator<TableChunk> {
      for (const { epoch: number } of recorded) {
        for (const anchor of ledgerEpoch(library, run.id, number)) {
          yield chunkOf(anchor, number, pictures);
        }
      }
    },
  };
}

function chunkOf(anchor: LedgerAnchor, epoch: number, { indexOfId }: PictureList): TableChunk {
  const { negatives, loss, effectiveNegatives, clamped, sameLabelShare } = anchor;
  const isBare = negatives.ids.length === 0;
  const count = isBare ? 1 : negatives.ids.length;
  const none = Float32Array.of(NaN);
  const repeated = (value: number): Float32Array => new Float32Array(count).fill(value);
  const values: ColumnValues[] = [
    new Int32Array(count).fill(epoch),
    new Int32Array(count).fill(indexOfId.get(anchor.sampleId) ?? -1),
    isBare ? Int32Array.of(-1) : Int32Array.from(negatives.ids, (id) => indexOfId.get(id) ?? -1),
    isBare ? Int32Array.of(-1) : Int32Array.from({ length: count }, (_, rank) => rank),
    isBare ? none : negatives.similarity,
    isBare ? none : negatives.weight,
    isBare ? none : negatives.share,
    isBare ? Uint16Array.of(0) : negatives.met,
    isBare ? Uint8Array.of(noChoice) : negatives.zone,
    ...[loss, effectiveNegatives, clamped, sameLabelShare].map(repeated),
  ];
  return { count, values };
}
