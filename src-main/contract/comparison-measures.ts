import type { Comparison, Interval, PairedAccuracy } from './comparison.ts';
import type { JudgedSameNegatives } from './judged-same-negatives.ts';
import { leftOutWords } from './leave-out.ts';
import { boundsWords, scoreWords } from './run-scores.ts';

/** A measure of each of the two runs; `change` is the 95 % interval of the difference. */
interface SidesMeasure {
  readonly name: string;
  readonly meaning: string;
  /** Whether it is a share, which is shown in percent. */
  readonly isShare: boolean;
  readonly a: number | null;
  readonly b: number | null;
  readonly change: Pick<Interval, 'low' | 'high'> | null;
  /** The two-sided p value for the hypothesis of no difference. */
  readonly p: number | null;
}

/** A measure of both runs together, with its 95 % interval. */
interface PairMeasure {
  readonly name: string;
  readonly meaning: string;
  readonly value: number | null;
  readonly interval: Pick<Interval, 'low' | 'high'> | null;
}

/** The negatives of one bin in both runs, as means per anchor. */
interface NegativesMeasure {
  readonly bin: keyof Comparison['negatives'];
  readonly kept: number;
  readonly new: number;
  readonly gone: number;
  /** The share of the first run's negatives that is kept; null where it had none. */
  readonly keptShare: number | null;
}

/** The name of the measure of how much nearer the nearest have come. */
export const hardnessName = 'change of relative hardness';

/** The measures of each of the two runs; those that need labels are left out without labels. */
export function sidesMeasures(comparison: Comparison): SidesMeasure[] {
  const {
    accuracy,
    linear,
    precisionAt20: precision,
    judgedSame,
    alignment,
    uniformity,
    rankMe,
    balanced,
  } = comparison;
  const without = leftOutWords(comparison.leftOut);
  const named = (name: string): string => (without === '' ? name : `${name}, ${without}`);
  return [
    ...accuracyMeasure(
      named(scoreWords.knn.title),
      `${scoreWords.knn.meaning} ${scoredWords(comparison)}; p by McNemar.`,
      accuracy,
    ),
    ...balancedMeasure('balanced kNN accuracy', balanced.knn),
    ...accuracyMeasure(
      named(scoreWords.linear.title),
      `${scoreWords.linear.meaning} ${scoredWords(comparison)}; p by McNemar.`,
      linear,
    ),
    ...balancedMeasure('balanced linear accuracy', balanced.linear),
    ...(precision
      ? [
          {
            name: named(scoreWords.precisionAt20.title),
            meaning: `${scoreWords.precisionAt20.meaning} Here ${boundsOf(precision)}. The interval of the change is paired by picture.`,
            isShare: true,
            a: precision.a,
            b: precision.b,
            change: precision.change,
            p: null,
          },
        ]
      : []),
    ...judgedSameMeasures(judgedSame),
    {
      name: 'alignment',
      meaning:
        'Mean squared distance of two views of the same 512 pictures, drawn as SimCLR does for every run, as training measured it; lower is better. Empty where an older version measured it.',
      ...plain(alignment),
    },
    {
      name: 'uniformity',
      meaning: 'How evenly the pictures spread on the sphere; lower is better.',
      ...plain(uniformity),
    },
    { name: scoreWords.rankMe.title, meaning: scoreWords.rankMe.meaning, ...plain(rankMe) },
  ];
}

/** The measures of the pair. */
export function pairMeasures(comparison: Comparison): PairMeasure[] {
  const { k, neighbourOverlap, rankBiasedOverlap, hardness, cka } = comparison;
  return [
    {
      name: `overlap of ${k} neighbours`,
      meaning: 'Jaccard index per picture.',
      ...ofInterval(neighbourOverlap),
    },
    {
      name: 'rank-biased overlap',
      meaning: 'Overlap of rankings, the first ranks count most.',
      ...ofInterval(rankBiasedOverlap),
    },
    {
      name: hardnessName,
      meaning: `Of the mean similarity to the ${k} nearest, in standard deviations of each run’s own similarities: raw cosines of two spaces cannot be compared.`,
      ...ofInterval(hardness),
    },
    {
      name: 'linear CKA',
      meaning:
        'Likeness of both spaces as a whole, debiased: 1 is the same but for rotation and scale, 0 is what unrelated spaces have on average.',
      value: cka,
      interval: null,
    },
  ];
}

/** How the negatives of each bin changed. */
export function negativesMeasures({ negatives }: Comparison): NegativesMeasure[] {
  return (['hard', 'false', 'ring'] as const).map((bin) => {
    const { kept, new: fresh, gone } = negatives[bin];
    const before = kept + gone;
    return { bin, kept, new: fresh, gone, keptShare: before === 0 ? null : kept / before };
  });
}

/** A number of a measure in words: a share in percent, another number with `digits` decimals. */
export function measureText(value: number | null, isShare: boolean, digits = 2): string {
  if (value === null) return '–';
  return isShare ? `${(100 * value).toFixed(1)} %` : value.toFixed(digits).replace('-', '−');
}

/** The change from the first run to the second, with its sign; for a share in percentage points. */
export function changeText({ a, b, isShare }: Pick<SidesMeasure, 'a' | 'b' | 'isShare'>): string {
  if (a === null || b === null) return '–';
  return isShare ? signed(100 * (b - a), 1) : signed(b - a, 2);
}

/** How certain the change is: its interval or its p value; empty where neither is known. */
export function certaintyText({ change, p }: Pick<SidesMeasure, 'change' | 'p'>): string {
  if (p !== null) return p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`;
  if (change === null) return '';
  return `${signed(100 * change.low, 1)} to ${signed(100 * change.high, 1)}`;
}

/** The interval of a measure of the pair. */
export function intervalText(interval: PairMeasure['interval']): string {
  if (interval === null) return '';
  return `${measureText(interval.low, false, 3)} to ${measureText(interval.high, false, 3)}`;
}

function accuracyMeasure(
  name: string,
  meaning: string,
  accuracy: PairedAccuracy | null,
): SidesMeasure[] {
  return accuracy ? [{ name, meaning, isShare: true, change: null, ...accuracy }] : [];
}

function balancedMeasure(
  name: string,
  sides: { readonly a: number; readonly b: number } | null,
): SidesMeasure[] {
  if (sides === null) return [];
  const meaning = 'The mean over the labels of the accuracy of each: chance is 1 / labels.';
  return [{ name, meaning, isShare: true, change: null, p: null, ...sides }];
}

/** Of how many pictures the accuracies are. */
function scoredWords({ pictures, scoredPictures, singletons }: Comparison): string {
  const alone =
    singletons === 0 ? '' : `; ${singletons} are not counted, as no other one has their label`;
  return `Of ${scoredPictures} of the ${pictures} pictures that both have${alone}`;
}

function boundsOf({ chance, ceiling }: NonNullable<Comparison['precisionAt20']>): string {
  return boundsWords({ precisionChance: chance, precisionCeiling: ceiling }, (share) =>
    measureText(share, true),
  );
}

/** What each training pushed apart of pairs judged the same; empty where neither has such pairs. */
function judgedSameMeasures({ a, b }: Comparison['judgedSame']): SidesMeasure[] {
  if (!a?.pairs && !b?.pairs) return [];
  const part = (side: JudgedSameNegatives | null): number | null =>
    side === null || side.pairs === 0 ? null : side.negatives / side.pairs;
  const share = (side: JudgedSameNegatives | null): number | null => side?.gradientShare ?? null;
  const words = (side: JudgedSameNegatives | null): string =>
    side === null ? 'no ledger' : `${side.negatives} of ${side.pairs}`;
  const both = { isShare: true, change: null, p: null };
  return [
    {
      name: 'judged-same pairs pushed apart',
      meaning: `Share of the pairs judged the same that are among the negatives in the last recorded epoch of each training; lower is better. Here ${words(a)} and ${words(b)}.`,
      ...both,
      ...{ a: part(a), b: part(b) },
    },
    {
      name: 'their share of the gradient',
      meaning:
        'Signed share of an anchor’s gradient on negatives judged the same, as a mean over the recorded pictures with such a pair; lower is better.',
      ...both,
      ...{ a: share(a), b: share(b) },
    },
  ];
}

function plain({ a, b }: Comparison['alignment']): Omit<SidesMeasure, 'name' | 'meaning'> {
  return { isShare: false, a, b, change: null, p: null };
}

function ofInterval({ mean, low, high }: Interval): Pick<PairMeasure, 'value' | 'interval'> {
  return { value: mean, interval: { low, high } };
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
