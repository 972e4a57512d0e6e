import { formatPercent } from './percent.ts';
import type { Change, PairsOfVerdicts, PayReason, PayResult, PayVerdict } from './pay.ts';

/** With fewer groups the interval of the bootstrap is too narrow to be given, or concluded from. */
export const fewestGroups = 10;

/** A factor of the ranks of held-out pairs that is a gain worth having. */
const worthHaving = 0.9;

interface Divided {
  readonly fed: Pick<PairsOfVerdicts, 'factor' | 'groups'> | null;
  readonly heldOut: Pick<PairsOfVerdicts, 'factor' | 'groups'> | null;
}

/**
 * What follows of the pairs judged the same. Held-out pairs decide: it paid where the interval of their
 * factor is below 1. Where the interval holds 1, "learnt by heart" is said only if the fed ones gained and
 * the interval excludes a gain worth having: one of a tenth, or half of theirs where that is less; else
 * there are too few to tell.
 */
export function payConclusion({ fed, heldOut }: Divided): PayVerdict {
  if (heldOut === null) return 'none-held-out';
  if (!hasIntervals(heldOut)) return 'too-few';
  const { low, high } = heldOut.factor;
  if (high < 1) return 'paid';
  if (low > 1) return 'worse';
  if (fed === null) return 'too-few';
  if (fed.factor.high >= 1) return 'no-gain';
  return low > Math.max(worthHaving, Math.sqrt(fed.factor.mean)) ? 'by-heart' : 'too-few';
}

/** Whether there are enough groups for intervals of how their ranks changed. */
export function hasIntervals({ groups }: Pick<PairsOfVerdicts, 'groups'>): boolean {
  return groups >= fewestGroups;
}

/** Whether a conclusion warns. */
export function isWarning(verdict: PayVerdict): boolean {
  return verdict === 'by-heart' || verdict === 'worse';
}

/** A conclusion in a few words, as a heading. */
export const payHeadings: Readonly<Record<PayVerdict, string>> = {
  paid: 'It paid beyond what was fed',
  'by-heart': 'Only what was fed gained: it learnt by heart',
  worse: 'What was held out became worse',
  'no-gain': 'Nothing gained',
  'too-few': 'Too few held-out pairs to tell',
  'none-held-out': 'No pair judged the same was held out, so this cannot be told',
};

/** What is to be done, for conclusions that are no success. */
const advice: Readonly<Partial<Record<PayVerdict, string>>> = {
  'by-heart':
    'Train for fewer epochs, at a lower rate, or judge more pairs: what it learnt does not carry over to pairs that it was not told.',
  worse:
    'Do not use this run in place of the one before: it takes apart pairs that it was not told. Train for fewer epochs or at a lower rate.',
  'no-gain': 'Verdicts had no visible effect: try “attract”, more epochs, or a higher rate.',
  'none-held-out': `Judge more pairs the same and train again: unless you choose otherwise a fifth of their groups is held out, so that five groups hold out one, and ${fewestGroups} held-out groups are the fewest that can tell.`,
};

/** The conclusion in sentences, the first of them on the pairs judged the same. */
export function payWords(
  result: Pick<PayResult, 'same' | 'different' | 'knn' | 'kept' | 'against' | 'verdict'>,
): string[] {
  const { same, knn, kept, verdict, against } = result;
  return [
    sameWords(same, verdict),
    ...heldOutWords(result),
    ...(advice[verdict] === undefined ? [] : [advice[verdict]]),
    ...(kept === null || same.heldOut === null
      ? []
      : [
          `Epoch ${kept.epoch} of ${kept.of} was kept because held-out pairs ranked best in it, so their gain is a little flattered.`,
        ]),
    ...differentWords(result.different),
    ...(knn === null ? [] : [knnWords(knn)]),
    ...(against.reason === 'trained-on'
      ? [
          `“${against.name}” is what it was trained on, so this is the gain of the whole training; against the same training without verdicts it would be that of the verdicts alone.`,
        ]
      : []),
    ...(against.reason === 'only-other'
      ? [
          `“${against.name}” is neither what was trained on nor the same training without verdicts: its difference is not that of the verdicts alone.`,
        ]
      : []),
  ];
}

/** How the run before was found, in a few words. */
export const reasonWords: Readonly<Record<PayReason, string>> = {
  'trained-on': 'what it was trained on',
  'without-verdicts': 'the same training without verdicts',
  chosen: 'chosen',
  'only-other': 'no closer run is there',
};

/** A rank as it is written: whole, or with a half where a tie is shared. */
export function rankText(rank: number): string {
  return rank >= 100 || Number.isInteger(rank) ? rank.toFixed(0) : rank.toFixed(1);
}

/** A factor of ranks as it is said: "0.62 (0.50 to 0.79)", or "0.62" of too few groups. */
export function factorText(pairs: Pick<PairsOfVerdicts, 'factor' | 'groups'>): string {
  const { mean, low, high } = pairs.factor;
  const interval = hasIntervals(pairs) ? ` (${low.toFixed(2)} to ${high.toFixed(2)})` : '';
  return `${mean.toFixed(2)}${interval}`;
}

/** What intervals of the changes are, and from how many groups on they are given. */
export const intervalWords = `Intervals are of 95 %, and given from ${fewestGroups} groups on: of fewer they would be too narrow`;

/** What a share of the push below 0 says; null where none is. */
export function negativePushWords({
  push: { before, after },
}: Pick<PairsOfVerdicts, 'push'>): string | null {
  return Math.min(before ?? 0, after ?? 0) < 0 ? 'below 0: drawn together, not pushed' : null;
}

function sameWords({ fed, heldOut }: PayResult['same'], verdict: PayVerdict): string {
  const moved = ({ medianRank: { before, after } }: PairsOfVerdicts): string =>
    `from rank ${rankText(before)} to rank ${rankText(after)}`;
  const fedMoved = fed && `The pairs judged the same that were fed moved ${moved(fed)}`;
  if (heldOut === null) {
    return fedMoved === null
      ? 'No pair that both runs embedded was judged the same, so that it cannot be told whether it paid.'
      : `${fedMoved} (medians): ${conclusionWords(verdict, heldOut)}.`;
  }
  const factor = `(medians; ranks changed by a factor of ${factorText(heldOut)})`;
  const who =
    fedMoved === null
      ? 'The held-out pairs judged the same moved'
      : `${fedMoved}, the held-out ones`;
  return `${who} ${moved(heldOut)} ${factor}: ${conclusionWords(verdict, heldOut)}.`;
}

/** How many pairs were held out, of those that both runs embedded. */
function heldOutWords({ same, different }: Pick<PayResult, 'same' | 'different'>): string[] {
  const parts = [
    { verdict: 'the same', fed: same.fed?.pairs ?? 0, out: same.heldOut?.pairs ?? 0 },
    { verdict: 'different', fed: different.fed?.pairs ?? 0, out: different.heldOut?.pairs ?? 0 },
  ]
    .filter(({ fed, out }) => fed + out > 0)
    .map(({ verdict, fed, out }) => `${out || 'none'} of ${fed + out} judged ${verdict}`);
  return parts.length === 0 ? [] : [`Pairs held out: ${parts.join(', and ')}.`];
}

function conclusionWords(verdict: PayVerdict, heldOut: PairsOfVerdicts | null): string {
  switch (verdict) {
    case 'paid':
      return 'it paid beyond what was fed';
    case 'by-heart':
      return 'only what was fed gained; it learnt by heart';
    case 'worse':
      return 'what was held out became worse';
    case 'no-gain':
      return 'neither gained';
    case 'too-few':
      return `${heldOut?.groups ?? 0} held-out ${heldOut?.groups === 1 ? 'group is' : 'groups are'} too few to tell`;
    case 'none-held-out':
      return 'no pair judged the same was held out, so that learning by heart cannot be told from learning';
  }
}

function differentWords({ fed, heldOut }: PayResult['different']): string[] {
  const moved = ({ meanRank: { before, after } }: PairsOfVerdicts): string =>
    `from mean rank ${rankText(before)} to ${rankText(after)}`;
  if (fed === null && heldOut === null) return [];
  const few = heldOut && !hasIntervals(heldOut) ? ', too few to tell' : '';
  const parts = [
    ...(fed === null ? [] : [`${moved(fed)} where fed`]),
    ...(heldOut === null
      ? []
      : [
          `${moved(heldOut)} where held out (${heldOut.pairs} ${heldOut.pairs === 1 ? 'pair' : 'pairs'}${few})`,
        ]),
  ];
  return [`Pairs judged different moved ${parts.join(', ')}; further away is better.`];
}

function knnWords({ before, after, low, high }: Change): string {
  const sign = low > 0 ? 'gained' : high < 0 ? 'lost' : 'cannot be told to have changed';
  const points = (value: number): string =>
    `${value < 0 ? '−' : '+'}${(Math.abs(value) * 100).toFixed(1)}`;
  return `By labels, kNN went from ${formatPercent(before)} to ${formatPercent(after)} (${points(after - before)} points, interval ${points(low)} to ${points(high)}): it ${sign}.`;
}
