import { mutualNeighbourCount, type BinName } from '../../../../src-main/contract/bins.ts';
import { evidenceBits, type Explanation } from '../../../../src-main/contract/negatives.ts';
import { nearestSign, precisionFrom } from '../../../../src-main/contract/suspicion.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';
import { formatSimilarity } from '../../../formats/formats.ts';
import { basisWords, precisionWords } from '../suspicion/suspicion-words.ts';
import type { Margins } from '../../../app/anchor/explore-page.svelte.ts';

/** One reason to take a pair for a false negative, or not to. */
export interface Evidence {
  /** How far it may be trusted. */
  readonly kind: 'fact' | 'suspicion' | 'judgement';
  readonly sentence: string;
  /** Whether it speaks for a false negative; null where it says nothing. */
  readonly isFalse: boolean | null;
}

/**
 * The similarities from which a negative is suspected: s⁺ − m and s⁺ (1 − r), with the margins m
 * (absolute) and r (relative); docs/formulas.md, Margins and other signs.
 */
export function marginCuts(
  { positiveSimilarity }: Pick<Explanation, 'positiveSimilarity'>,
  { absolute, relative }: Margins,
): { readonly absolute: number; readonly relative: number } {
  return {
    absolute: positiveSimilarity - absolute,
    relative: positiveSimilarity * (1 - relative),
  };
}

/** What label and numbers say of the candidate at a rank, the surest first. */
export function evidenceAt(
  explanation: Explanation,
  rank: number,
  label: string | null,
  margins: Margins,
): Evidence[] {
  const bits = explanation.evidence[rank] ?? 0;
  const { signs } = explanation.posteriorBasis;
  return [
    labelFact(bits, explanation.anchor.label, label),
    suspicion(
      (bits & evidenceBits.mutualKnn) !== 0,
      `among each other’s ${mutualNeighbourCount} nearest`,
      signs.mutual.precision,
    ),
    ...marginSuspicions(explanation, rank, margins),
    nearestSuspicion(explanation, rank),
    posteriorSuspicion(explanation, rank),
  ];
}

/** Why a candidate of a bin may be false, or is not, each reason in a few words. */
export function evidenceWords(bits: number, bin: BinName): string[] {
  // What is known is not suspected, whatever its rank says.
  const byRank =
    bin === 'suspected' ? 'suspected by its rank' : 'would be suspected by its rank alone';
  return [
    bits & evidenceBits.sameLabel ? 'same label (fact)' : '',
    bits & evidenceBits.suspected ? `${byRank} (suspicion)` : '',
    bits & evidenceBits.mutualKnn ? 'each other’s nearest neighbours (suspicion)' : '',
    bits & evidenceBits.verdict ? 'judged the same (judgement)' : '',
    bits & evidenceBits.judgedDifferent ? 'judged different (judgement)' : '',
  ].filter(Boolean);
}

/** The candidates with a sign of `evidenceBits`, the most similar first. */
export function idsWithEvidence(
  { ids, evidence }: Pick<Explanation, 'ids' | 'evidence'>,
  sign: keyof typeof evidenceBits,
): number[] {
  const found: number[] = [];
  for (let rank = 0; rank < ids.length; rank++) {
    if (((evidence[rank] ?? 0) & evidenceBits[sign]) !== 0) found.push(ids[rank] ?? -1);
  }
  return found;
}

function labelFact(bits: number, anchor: string | null, label: string | null): Evidence {
  if (anchor === null || label === null) {
    return { kind: 'fact', sentence: 'no label to compare', isFalse: null };
  }
  if (anchor === label) return { kind: 'fact', sentence: 'same label', isFalse: true };
  // Of pictures with several labels one may be shared.
  if ((bits & evidenceBits.sameLabel) !== 0) {
    return { kind: 'fact', sentence: `a label in common: ${label}`, isFalse: true };
  }
  return { kind: 'fact', sentence: `another label: ${label}`, isFalse: false };
}

function marginSuspicions(explanation: Explanation, rank: number, margins: Margins): Evidence[] {
  const similarity = explanation.similarity[rank] ?? 0;
  const { absolute, relative } = marginCuts(explanation, margins);
  const precise = (cut: number): number | null =>
    precisionFrom(explanation.similarityPrecision, cut);
  return [
    suspicion(
      similarity >= absolute,
      `s ≥ s⁺ − ${margins.absolute.toFixed(2)} = ${formatSimilarity(absolute)}`,
      precise(absolute),
    ),
    suspicion(
      similarity >= relative,
      `s ≥ s⁺ (1 − ${margins.relative.toFixed(2)}) = ${formatSimilarity(relative)}`,
      precise(relative),
    ),
  ];
}

/** FNC's rule with a threshold of this space: what few of all its pairs reach. */
function nearestSuspicion(
  { similarity, posteriorBasis: { signs } }: Explanation,
  rank: number,
): Evidence {
  const { quantile, threshold, precision } = signs.nearest;
  const { count } = nearestSign;
  if (threshold === null) {
    const sentence = `among the ${count} most similar (FNC): no threshold is measured`;
    return { kind: 'suspicion', sentence, isFalse: null };
  }
  const reached = formatPercent(1 - quantile);
  return suspicion(
    rank < count && (similarity[rank] ?? 0) >= threshold,
    `among the ${count} most similar and from ${formatSimilarity(threshold)}, which ${reached} of all pairs reach (FNC)`,
    precision,
  );
}

function posteriorSuspicion({ posterior, posteriorBasis }: Explanation, rank: number): Evidence {
  if (posteriorBasis.kind === 'pending') {
    return {
      kind: 'suspicion',
      sentence: `P(false | rank) is ${basisWords(posteriorBasis)}`,
      isFalse: null,
    };
  }
  const probability = posterior[rank] ?? 0;
  return suspicion(
    probability >= posteriorBasis.suspectFrom,
    `P(false | rank) = ${formatPercent(probability)}, ${basisWords(posteriorBasis)}`,
  );
}

function suspicion(holds: boolean, sentence: string, precision: number | null = null): Evidence {
  // How often a sign is right says nothing of a pair for which it does not hold.
  const measured = !holds || precision === null ? '' : `; ${precisionWords(precision)}`;
  return { kind: 'suspicion', sentence: sentence + measured, isFalse: holds };
}
