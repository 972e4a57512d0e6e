import type { Comparison, Interval } from './comparison.ts';
import type { JudgedSameNegatives } from './judged-same-negatives.ts';
import { leftOutWords } from './leave-out.ts';
import { formatPercent } from './percent.ts';
import { boundsWords, scoreWords } from './run-scores.ts';
import type { SeedScore, TrainingsScore } from './trainings-comparison.ts';

/**
 * A measure of each side. `change` is the 95 % interval of the difference: of these two networks over
 * pictures or, where a side is a whole seed group, of the trainings over seeds.
 */
interface SidesMeasure {
  readonly name: string;
  readonly meaning: string;
  /** Whether it is a share, which is shown in percent. */
  readonly isShare: boolean;
  readonly a: number | null;
  readonly b: number | null;
  readonly change: Pick<Interval, 'low' | 'high'> | null;
  /** What its seeds say of it; null where no seeds are known, or it is not told by seeds. */
  readonly trainings: TrainingsScore | null;
  /** The standard deviations between seeds of sides that are whole seed groups. */
  readonly deviations: { readonly a: number | null; readonly b: number | null };
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
  /** How many the first run has: those that are kept and those that are gone. */
  readonly before: number;
  readonly kept: number;
  readonly new: number;
  readonly gone: number;
  /** The share of the first run's negatives that is kept; null where it had none. */
  readonly keptShare: number | null;
}

/** The name of the measure of how much nearer the nearest have come. */
export const hardnessName = 'change of relative hardness';

const alignmentMeaning =
  'Mean squared distance of two views of the same 512 pictures, drawn as SimCLR does for every run, as training measured it; lower is better. Empty where an older version measured it.';
const balancedMeaning =
  'The mean over the labels of the accuracy of each: chance is 1 / labels. Higher is better.';

/** The measures of each of the two sides; those that need labels are left out without labels. */
export function sidesMeasures(comparison: Comparison): SidesMeasure[] {
  const { accuracy, linear, balanced, precisionAt20: precision } = comparison;
  const { alignment, uniformity, rankMe } = comparison;
  const without = leftOutWords(comparison.leftOut);
  const named = (name: string): string => (without === '' ? name : `${name}, ${without}`);
  const scored = scoredWords(comparison);
  const own: (OwnMeasure | null)[] = [
    accuracy && {
      ...{ score: 'knn', name: named(scoreWords.knn.title), isShare: true, sides: accuracy },
      meaning: `${scoreWords.knn.meaning} ${scored}.`,
    },
    balanced.knn && {
      ...{ score: 'knnBalanced', name: 'balanced kNN accuracy', isShare: true },
      ...{ sides: withoutChange(balanced.knn), meaning: balancedMeaning },
    },
    linear && {
      ...{ score: 'linear', name: named(scoreWords.linear.title), isShare: true, sides: linear },
      meaning: `${scoreWords.linear.meaning} ${scored}.`,
    },
    balanced.linear && {
      ...{ score: 'linearBalanced', name: 'balanced linear accuracy', isShare: true },
      ...{ sides: withoutChange(balanced.linear), meaning: balancedMeaning },
    },
    precision && {
      ...{ score: 'precisionAt20', name: named(scoreWords.precisionAt20.title), isShare: true },
      ...{ sides: precision },
      meaning: `${scoreWords.precisionAt20.meaning} Here ${boundsOf(precision)}.`,
    },
    {
      ...{ score: 'alignment', name: 'alignment', isShare: false },
      ...{ sides: withoutChange(alignment), meaning: alignmentMeaning },
    },
    {
      ...{ score: 'uniformity', name: 'uniformity', isShare: false },
      sides: withoutChange(uniformity),
      meaning: 'How evenly the pictures spread on the sphere; lower is better.',
    },
    {
      ...{ score: 'rankMe', name: scoreWords.rankMe.title, isShare: false },
      ...{ sides: withoutChange(rankMe), meaning: scoreWords.rankMe.meaning },
    },
  ];
  const measures = own.flatMap((measure) => (measure ? [withSeeds(measure, comparison)] : []));
  return [
    ...measures.filter(({ isShare }) => isShare),
    ...judgedSameMeasures(comparison.judgedSame),
    ...measures.filter(({ isShare }) => !isShare),
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
export function negativesMeasures({
  negatives,
}: Pick<Comparison, 'negatives'>): NegativesMeasure[] {
  return (['hard', 'false', 'suspected', 'ring'] as const).map((bin) => {
    const { kept, new: fresh, gone } = negatives[bin];
    const before = kept + gone;
    return { bin, before, kept, new: fresh, gone, keptShare: before === 0 ? null : kept / before };
  });
}

/** What kept, new and gone negatives are, by the names of the two runs. */
export function negativesWords({ a, b }: Pick<Comparison, 'a' | 'b'>): string {
  return `kept: in the bin by ${a} and by ${b}; new: by ${b} only; gone: by ${a} only`;
}

/** What the share of kept negatives is of, as "12 % of the 65.3 that simclr has of hard negatives". */
export function keptShareWords(
  { bin, before, keptShare }: NegativesMeasure,
  { a }: Pick<Comparison, 'a'>,
): string {
  if (keptShare === null) return `${a} has no ${bin} negatives`;
  return `${formatPercent(keptShare, 0)} of the ${before.toFixed(1)} ${bin} negatives that ${a} has`;
}

/** A number of a measure in words: a share in percent, another number with `digits` decimals. */
export function measureText(value: number | null, isShare: boolean, digits = 2): string {
  if (value === null) return '–';
  return isShare ? formatPercent(value) : value.toFixed(digits).replace('-', '−');
}

/** The change from the first run to the second, with its sign; for a share in percentage points (pp). */
export function changeText({ a, b, isShare }: Pick<SidesMeasure, 'a' | 'b' | 'isShare'>): string {
  if (a === null || b === null) return '–';
  return isShare ? `${signed(100 * (b - a), 1)}\u00a0pp` : signed(b - a, 2);
}

/** The interval of the change; empty where it is not known. */
export function certaintyText({
  change,
  isShare,
}: Pick<SidesMeasure, 'change' | 'isShare'>): string {
  if (change === null) return '';
  const [scale, digits] = isShare ? [100, 1] : [1, 2];
  return `${signed(scale * change.low, digits)} to ${signed(scale * change.high, digits)}`;
}

/** What seeds say of the change: the p of the trainings, or how far two seeds are apart. */
export function seedsText({
  trainings,
  isShare,
}: Pick<SidesMeasure, 'trainings' | 'isShare'>): string {
  if (trainings === null) return '';
  const { test, betweenSeeds } = trainings;
  const apart =
    betweenSeeds === null
      ? ''
      : `two seeds ±${(isShare ? 100 * betweenSeeds : betweenSeeds).toFixed(isShare ? 1 : 2)}`;
  return [test && pText(test.p), apart].filter(Boolean).join(', ');
}

/** Whether seeds show that the trainings differ in this, at the level of 5 %. */
export function isShownBySeeds({ trainings }: Pick<SidesMeasure, 'trainings'>): boolean {
  return trainings?.test != null && trainings.test.p < 0.05;
}

/** A p value: "p = .022", "p < .001". */
export function pText(p: number): string {
  return p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`;
}

/** A side's value, for a whole seed group with the standard deviation between its seeds. */
export function sideText(measure: SidesMeasure, side: 'a' | 'b'): string {
  const { isShare, deviations } = measure;
  const text = measureText(measure[side], isShare);
  const deviation = deviations[side];
  if (deviation === null) return text;
  return `${text} ±${(isShare ? 100 * deviation : deviation).toFixed(isShare ? 1 : 2)}`;
}

/** The interval of a measure of the pair. */
export function intervalText(interval: PairMeasure['interval']): string {
  if (interval === null) return '';
  return `${measureText(interval.low, false, 3)} to ${measureText(interval.high, false, 3)}`;
}

/** A measure as the two shown runs have it. */
interface OwnMeasure {
  readonly score: SeedScore;
  readonly name: string;
  readonly meaning: string;
  readonly isShare: boolean;
  readonly sides: {
    readonly a: number | null;
    readonly b: number | null;
    readonly change: Pick<Interval, 'low' | 'high'> | null;
  };
}

/** The measure with what is known of its seeds; a whole seed group has their mean. */
function withSeeds(
  { score, sides, ...words }: OwnMeasure,
  { trainings }: Comparison,
): SidesMeasure {
  const bySeeds = trainings.scores.find((one) => one.score === score) ?? null;
  const [groupA, groupB] = (['a', 'b'] as const).map((side) =>
    trainings[side].isWhole && bySeeds ? bySeeds[side] : null,
  );
  const isOfGroups = trainings.a.isWhole || trainings.b.isWhole;
  return {
    ...words,
    a: groupA ? groupA.mean : sides.a,
    b: groupB ? groupB.mean : sides.b,
    change: isOfGroups ? (bySeeds?.test ?? null) : sides.change,
    trainings: bySeeds,
    deviations: { a: groupA?.sd ?? null, b: groupB?.sd ?? null },
  };
}

function withoutChange({ a, b }: Pick<OwnMeasure['sides'], 'a' | 'b'>): OwnMeasure['sides'] {
  return { a, b, change: null };
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
  const both = {
    ...{ isShare: true, change: null, trainings: null },
    deviations: { a: null, b: null },
  };
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

function ofInterval({ mean, low, high }: Interval): Pick<PairMeasure, 'value' | 'interval'> {
  return { value: mean, interval: { low, high } };
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
