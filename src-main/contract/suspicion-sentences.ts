import { formatCount } from './format-count.ts';
import { formatPercent } from './percent.ts';
import type { PosteriorBasis } from './suspicion.ts';

/** What stands in place of suspicions until the known pairs are counted. */
export const pendingSuspicions =
  'Suspicions are being calibrated. Until then what is suspected stands in the bin where the loss puts it.';

/** What a posterior is and is not, in sentences. */
export function suspicionSentences(basis: PosteriorBasis): string[] {
  const { kind, why, knownPairs, anchors, prior, auc, brier } = basis;
  if (kind === 'pending') return [pendingSuspicions];
  if (kind !== 'calibrated') {
    return [
      `Uncalibrated. ${why}`,
      `The probability is that of a formula (BCL) with an assumed prior of ${formatPercent(prior, 0)} and an AUC of ${auc.toFixed(2)}: take it for an order, not for a probability.`,
    ];
  }
  return [
    `Measured on ${formatCount(knownPairs)} pairs whose truth labels or verdicts give, seen from ${formatCount(anchors)} pictures: ${formatPercent(prior, 1)} are false, AUC ${auc.toFixed(2)}. It depends on the rank alone; a picture is shown what was measured without it.`,
    ...(brier === null ? [] : [brierSentence(brier)]),
  ];
}

function brierSentence({ calibrated, constant }: NonNullable<PosteriorBasis['brier']>): string {
  const worse = calibrated > constant ? ': the rank says nothing here' : '';
  return `Brier score ${calibrated.toFixed(4)}, of the same number for all pairs ${constant.toFixed(4)}${worse}.`;
}
