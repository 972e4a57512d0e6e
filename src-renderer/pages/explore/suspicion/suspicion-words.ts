import { mutualNeighbourCount, suspicionRule } from '../../../../src-main/contract/bins.ts';
import {
  nearestSign,
  type PosteriorBasis,
  type SignPrecision,
} from '../../../../src-main/contract/suspicion.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';
import { formatCount } from '../../../../src-main/contract/format-count.ts';
import { countOf } from '../../../formats/formats.ts';

/** How often a sign is right. */
export function precisionWords(precision: number): string {
  return `${formatPercent(precision, 0)} of such pairs are false here`;
}

/** The same as a note beside a title. */
export function basisNote({ kind, prior }: PosteriorBasis): string {
  if (kind === 'pending') return 'being calibrated';
  return kind === 'calibrated' ? `calibrated, prior ${formatPercent(prior)}` : 'uncalibrated';
}

/** What a posterior rests on, in a few words. */
export function basisWords({ kind, knownPairs, prior, auc, aucFrom }: PosteriorBasis): string {
  if (kind === 'pending') return 'being calibrated';
  if (kind === 'calibrated') return `calibrated by ${formatCount(knownPairs)} known pairs`;
  return `uncalibrated: prior ${formatPercent(prior, 0)} assumed, AUC ${auc.toFixed(2)} ${aucFrom}`;
}

/** How often each sign is right, with the number of known pairs that it was measured on. */
export function signRows({ signs, ...inForce }: PosteriorBasis) {
  const unmeasured = inForce.kind === 'pending' ? 'being measured' : 'not measured';
  const measured = ({ pairs, precision }: SignPrecision): string =>
    precision === null ? unmeasured : `${formatPercent(precision, 0)} of ${countOf(pairs, 'pair')}`;
  return [
    {
      sign: `suspected: ${suspicionRule(inForce).sign}`,
      precision: measured(signs.suspected),
    },
    {
      sign: `among each other’s ${mutualNeighbourCount} nearest`,
      precision: measured(signs.mutual),
    },
    {
      sign: `among the ${nearestSign.count} nearest, top ${formatPercent(1 - nearestSign.quantile)} of all pairs (FNC)`,
      precision: measured(signs.nearest),
    },
  ];
}
