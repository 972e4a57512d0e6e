import { binNames, zoneNames } from '../../../../src-main/contract/bins.ts';
import { csvLine } from '../../../../src-main/contract/csv-line.ts';
import type { AnchorLedger } from '../../../../src-main/contract/ledger.ts';
import { evidenceBits, type Explanation } from '../../../../src-main/contract/negatives.ts';
import type { Pictures } from '../../../app/library/pictures.ts';

/**
 * One negative as it is copied: names in place of numbers, the share also told apart by its sign.
 */
type NegativeRow = Readonly<Record<string, string | number | null>>;

/** Every candidate of an explanation, the most similar first. */
export function explainedRows(explanation: Explanation, pictures: Pictures): NegativeRow[] {
  return Array.from(explanation.ids, (id, rank) => ({
    rank: rank + 1,
    ...nameOf(id, pictures),
    bin: binNames[explanation.bin[rank] ?? -1] ?? '',
    zone: zoneNames[explanation.zone[rank] ?? -1] ?? '',
    similarity: explanation.similarity[rank] ?? 0,
    percentile: explanation.percentile[rank] ?? 0,
    weight: explanation.weight[rank] ?? 0,
    ...signedShare(explanation.share[rank] ?? 0),
    posterior: explanation.posterior[rank] ?? 0,
    evidence: evidenceNames(explanation.evidence[rank] ?? 0),
  }));
}

/** Every negative that a training recorded, those with most of the gradient first. */
export function recordedRows(ledger: AnchorLedger, pictures: Pictures): NegativeRow[] {
  return Array.from(ledger.ids, (id, index) => ({
    epoch: ledger.epoch,
    ...nameOf(id, pictures),
    zone: zoneNames[ledger.zone[index] ?? -1] ?? '',
    similarity: ledger.similarity[index] ?? 0,
    weight: ledger.weight[index] ?? 0,
    ...signedShare(ledger.share[index] ?? 0),
    met: ledger.met[index] ?? 0,
    judgedDifferent: ledger.judgedDifferent?.[index] ?? 0,
  }));
}

/** What an explanation is of, beside its rows. */
export function explanationSummary(explanation: Explanation) {
  const { anchor, parameters, space, candidates, negatives, batch, notes } = explanation;
  const { loss, positiveSimilarity, positive, effectiveNegatives, clamped } = explanation;
  const { binCounts, binShares, posteriorBasis } = explanation;
  const own = { hash: anchor.hash, path: anchor.path, label: anchor.label };
  const numbers = { loss, positiveSimilarity, positive, effectiveNegatives, clamped };
  return {
    ...{ anchor: own, parameters, space, candidates, negatives, batch },
    ...numbers,
    ...{ binCounts, binShares, posteriorBasis, notes },
  };
}

/** Rows as comma-separated values with a head line (RFC 4180). */
export function toCsv(rows: readonly NegativeRow[]): string {
  const head = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => head.map((name) => String(row[name] ?? '')));
  return [head, ...lines].map((cells) => `${csvLine(cells)}\r\n`).join('');
}

function nameOf(id: number, pictures: Pictures) {
  return { hash: pictures.hashOf(id), path: pictures.pathOf(id), label: pictures.labelOf(id) };
}

function signedShare(share: number) {
  return { share, repulsion: Math.max(share, 0), attraction: Math.max(-share, 0) };
}

function evidenceNames(bits: number): string {
  return Object.entries(evidenceBits)
    .filter(([, bit]) => (bits & bit) !== 0)
    .map(([name]) => name)
    .join(' ');
}
