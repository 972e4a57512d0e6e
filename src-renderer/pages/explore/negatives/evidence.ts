import { mutualNeighbourCount } from '../../../../src-main/contract/bins.ts';
import { evidenceBits, type Explanation } from '../../../../src-main/contract/negatives.ts';
import { settingsTable } from '../../../../src-main/contract/objectives/settings-table.ts';
import { formatPercent, formatSimilarity } from '../../../formats/formats.ts';
import type { Margins } from '../../../app/anchor/explore-page.svelte.ts';

/** One reason to take a pair for a false negative, or not to. */
export interface Evidence {
  /** How far it may be trusted. */
  readonly kind: 'fact' | 'suspicion' | 'judgement';
  readonly sentence: string;
  /** Whether it speaks for a false negative; null where it says nothing. */
  readonly isFalse: boolean | null;
}

const topK = settingsTable.falseTopK.default;
const threshold = settingsTable.falseThreshold.default;
/** A posterior of at least this many times the prior makes a negative suspect. */
const timesPrior = 2;

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
  return [
    labelFact(bits, explanation.anchor.label, label),
    suspicion(
      (bits & evidenceBits.mutualKnn) !== 0,
      `among each other’s ${mutualNeighbourCount} nearest`,
    ),
    ...marginSuspicions(explanation, rank, margins),
    suspicion(
      isSupported(explanation, rank),
      `among the ${topK} most similar and above ${threshold} (FNC)`,
    ),
    posteriorSuspicion(explanation, rank),
  ];
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
  return [
    suspicion(
      similarity >= absolute,
      `s ≥ s⁺ − ${margins.absolute.toFixed(2)} = ${formatSimilarity(absolute)}`,
    ),
    suspicion(
      similarity >= relative,
      `s ≥ s⁺ (1 − ${margins.relative.toFixed(2)}) = ${formatSimilarity(relative)}`,
    ),
  ];
}

function isSupported({ similarity }: Explanation, rank: number): boolean {
  return rank < topK && (similarity[rank] ?? 0) > threshold;
}

function posteriorSuspicion({ posterior, posteriorBasis }: Explanation, rank: number): Evidence {
  const probability = posterior[rank] ?? 0;
  const { prior, auc, isMeasured } = posteriorBasis;
  const basis = `prior ${formatPercent(prior, 0)}, AUC ${auc.toFixed(2)} ${isMeasured ? 'by this anchor’s labels' : 'assumed'}`;
  return suspicion(
    probability >= timesPrior * prior,
    `P(false | rank) = ${formatPercent(probability)} (${basis})`,
  );
}

function suspicion(holds: boolean, sentence: string): Evidence {
  return { kind: 'suspicion', sentence, isFalse: holds };
}
