import type { Comparison, Interval } from './comparison.ts';
import type { JudgedSameNegatives } from './judged-same-negatives.ts';
import { scoreWords } from './run-scores.ts';
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
  readonly kept: number;
  readonly new: number;
  readonly gone: number;
  /** The share of the first run's negatives that is kept; null where it had none. */
  readonly keptShare: number | null;
}

/** The measures of each of the two sides; those that need labels are left out without labels. */
export function sidesMeasures(comparison: Comparison): SidesMeasure[] {
  const { accuracy, linear, precisionAt20: precision, alignment, uniformity } = comparison;
  const onShared = `Of the ${comparison.pictures} pictures that both have.`;
  const own: (OwnMeasure | null)[] = [
    accuracy && {
      ...{ score: 'knn', name: scoreWords.knn.title, isShare: true, sides: accuracy },
      meaning: `${scoreWords.knn.meaning} ${onShared}`,
    },
    linear && {
      ...{ score: 'linear', name: 'least squares accuracy', isShare: true, sides: linear },
      meaning:
        'Leave-one-out accuracy of least squares on h, not the linear probe of a run; higher is better.',
    },
    precision && {
      ...{ score: 'precisionAt20', name: scoreWords.precisionAt20.title, isShare: true },
      ...{ sides: precision, meaning: scoreWords.precisionAt20.meaning },
    },
    {
      ...{ score: 'alignment', name: 'alignment', isShare: false },
      sides: { ...alignment, change: null },
      meaning: 'Mean squared distance of two views, as training measured it; lower is better.',
    },
    {
      ...{ score: 'uniformity', name: 'uniformity', isShare: false },
      sides: { ...uniformity, change: null },
      meaning: 'How evenly the pictures spread on the sphere; lower is better.',
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
      name: 'change of hardness',
      meaning: `Of the mean similarity to the ${k} nearest.`,
      ...ofInterval(hardness),
    },
    {
      name: 'linear CKA',
      meaning: 'Likeness of both spaces as a whole; 1 is the same but for rotation and scale.',
      value: cka,
      interval: null,
    },
  ];
}

/** How the negatives of each bin changed. */
export function negativesMeasures({ negatives }: Comparison): NegativesMeasure[] {
  return (['hard', 'false', 'suspected', 'ring'] as const).map((bin) => {
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
  const [isA, isB] = [trainings.a.isWhole, trainings.b.isWhole];
  const a = sideOfSeeds(isA ? bySeeds?.a : null, sides.a);
  const b = sideOfSeeds(isB ? bySeeds?.b : null, sides.b);
  return {
    ...words,
    a: a.value,
    b: b.value,
    change: isA || isB ? (bySeeds?.test ?? null) : sides.change,
    trainings: bySeeds,
    deviations: { a: a.deviation, b: b.deviation },
  };
}

/** The mean and deviation of a side's seeds; where there are none, the value of the run that is shown. */
function sideOfSeeds(
  seeds: TrainingsScore['a'] | null | undefined,
  shown: number | null,
): { readonly value: number | null; readonly deviation: number | null } {
  return { value: seeds?.mean ?? shown, deviation: seeds?.sd ?? null };
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
