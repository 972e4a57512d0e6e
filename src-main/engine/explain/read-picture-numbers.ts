import type { PictureNumberName, PictureNumbers } from '../../contract/picture-numbers.ts';
import { isLossPositive } from '../../contract/loss-positives.ts';
import { lastLedgerEpoch, ledgerEpoch } from '../store/ledger.ts';
import type { Library } from '../store/library-file.ts';

type Row = Readonly<Record<PictureNumberName | 'sampleId', number>>;

/** The numbers of each anchor in the last epoch of a run's ledger; empty columns without a ledger. */
export function readPictureNumbers(library: Library, runId: number): PictureNumbers {
  const epoch = lastLedgerEpoch(library, runId);
  const rows: Row[] = [];
  // One anchor at a time: the negatives of 50,000 anchors would take tens of megabytes.
  for (const { negatives, ...totals } of epoch === null ? [] : ledgerEpoch(library, runId, epoch)) {
    const { similarity, zone } = negatives;
    const hardness = mean(similarity.filter((_, index) => !isLossPositive(zone[index])));
    rows.push({ ...totals, hardness });
  }
  const column = (name: PictureNumberName): Float32Array<ArrayBuffer> =>
    Float32Array.from(rows, (row) => row[name]);
  return {
    epoch,
    ids: Uint32Array.from(rows, ({ sampleId }) => sampleId),
    loss: column('loss'),
    hardness: column('hardness'),
    effectiveNegatives: column('effectiveNegatives'),
    sameLabelShare: column('sameLabelShare'),
  };
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
