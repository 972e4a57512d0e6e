import { evidenceBits } from '../../../../src-main/contract/negatives.ts';
import type { AppState } from '../../../app/app-state.svelte.ts';

/** The columns of the list that tell of pictures as the anchor's negatives. */
export type NegativeColumn = 'rank' | 'similarity' | 'share' | 'evidence';

/**
 * By row of the library: rank (1 the most similar; as recorded in a training, 1 the largest share),
 * similarity, signed share, and bits of `evidenceBits`; NaN where it is no candidate.
 */
export type NegativeColumns = Readonly<Record<NegativeColumn, Float32Array>>;

export function negativeColumns({ explanation, ledger, library }: AppState): NegativeColumns {
  const { pictures } = library;
  const empty = (): Float32Array => new Float32Array(pictures.count).fill(NaN);
  const columns = { rank: empty(), similarity: empty(), share: empty(), evidence: empty() };
  const isRecorded = explanation.candidateSet === 'training';
  const shown = isRecorded ? ledger.current : explanation.current;
  const evidence = isRecorded ? null : (explanation.current?.evidence ?? null);
  shown?.ids.forEach((id, index) => {
    const row = pictures.rowOf(id);
    if (row < 0) return;
    columns.rank[row] = index + 1;
    columns.similarity[row] = shown.similarity[index] ?? NaN;
    columns.share[row] = shown.share[index] ?? NaN;
    columns.evidence[row] = evidence?.[index] ?? NaN;
  });
  return columns;
}

/** Evidence in the order of how far it is to be trusted: the surest bit that is set decides. */
export function evidenceWeight(bits: number): number {
  const isSet = (bit: number): number => ((bits & bit) === 0 ? 0 : 1);
  const speaksFor =
    4 * isSet(evidenceBits.verdict) +
    2 * isSet(evidenceBits.sameLabel) +
    isSet(evidenceBits.mutualKnn);
  return isSet(evidenceBits.judgedDifferent) === 1 ? speaksFor - 8 : speaksFor;
}

/** The text of an evidence cell. */
export function evidenceText(bits: number): string {
  if (Number.isNaN(bits)) return '';
  return [
    bits & evidenceBits.verdict ? 'judged same' : '',
    bits & evidenceBits.judgedDifferent ? 'judged different' : '',
    bits & evidenceBits.sameLabel ? 'label' : '',
    bits & evidenceBits.mutualKnn ? 'neighbours' : '',
  ]
    .filter(Boolean)
    .join(', ');
}
