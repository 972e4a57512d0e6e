import type {
  FalseNegativeRate,
  FalsePushShare,
  JudgedEstimate,
} from '../../../../src-main/contract/verdict-queue.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';
import { formatCount } from '../../../../src-main/contract/format-count.ts';
import { countOf } from '../../../formats/formats.ts';

/** How the unsure pairs were taken, as the end of a sentence; empty without any. */
export function unsureWords({ unsure, unsureDifferent, unsureSame }: JudgedEstimate): string {
  if (unsure === 0 || unsureDifferent === null || unsureSame === null) return '';
  return `; ${formatCount(unsure)} unsure: ${formatPercent(unsureDifferent.rate)} were they all different, ${formatPercent(unsureSame.rate)} all the same`;
}

/** How many of the pairs their label settled, for the end of a basis; empty where none. */
function labelWords({ byLabel }: JudgedEstimate): string {
  return byLabel === 0 ? '' : ` (${formatCount(byLabel)} the same by their label alone)`;
}

/** What the rate is a share of, and what it was found from. */
export function rateWords(rate: FalseNegativeRate): {
  readonly of: string;
  readonly basis: string;
} {
  const { judged, unsure, pictures, embedded } = rate;
  const isWhole = pictures === embedded;
  return {
    of: isWhole ? 'all pairs' : `the pairs of the first ${countOf(pictures, 'picture')}`,
    basis: `from the first ${formatCount(judged + unsure)} of the random order${labelWords(rate)}${isWhole ? '' : `; pairs of the ${formatCount(embedded - pictures)} added since come first in it`}`,
  };
}

/** What the share of the push is a share of, and what it was found from. */
export function pushWords(share: FalsePushShare): {
  readonly of: string;
  readonly basis: string;
} {
  const { source, recorded, pairs } = share;
  const part = recorded === null ? '' : `, which take ${formatPercent(recorded, 0)} of it`;
  const among = source === 'ledger' ? `, among recorded negatives${part}` : '';
  return {
    of: source === 'ledger' ? 'the recorded push' : 'the push',
    basis: `from ${countOf(pairs, 'pair')} drawn by push${labelWords(share)}${among}`,
  };
}
