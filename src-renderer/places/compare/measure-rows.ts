import type {
  Comparison,
  Interval,
  PairedAccuracy,
} from '../../../src-main/contract/comparison.ts';
import { formatPercent } from '../../formats.ts';

/** A measure of each run, and of the difference. */
export interface SidesRow {
  readonly name: string;
  readonly meaning: string;
  readonly a: string;
  readonly b: string;
  readonly change: string;
  /** The difference's interval or p value. */
  readonly certainty: string;
}

/** A measure of both runs together. */
export interface PairRow {
  readonly name: string;
  readonly meaning: string;
  readonly value: string;
  readonly certainty: string;
}

/** What is measured of each of the two runs. */
export function sidesRows(comparison: Comparison): SidesRow[] {
  const { accuracy, linear, falseNegativeRate: rate, alignment, uniformity } = comparison;
  return [
    ...(accuracy
      ? [
          paired(
            'kNN accuracy',
            'Leave-one-out weighted vote of the nearest; p by McNemar.',
            accuracy,
          ),
        ]
      : []),
    ...(linear
      ? [
          paired(
            'linear accuracy',
            'Leave-one-out least squares on the features; p by McNemar.',
            linear,
          ),
        ]
      : []),
    ...(rate
      ? [
          {
            name: 'false negative rate',
            meaning: 'Share of the 20 most similar that have the anchor’s label.',
            a: formatPercent(rate.a),
            b: formatPercent(rate.b),
            change: signed(100 * (rate.b - rate.a), 1),
            certainty: `${signed(100 * rate.change.low, 1)} to ${signed(100 * rate.change.high, 1)}`,
          },
        ]
      : []),
    {
      name: 'alignment',
      meaning: 'Mean squared distance of two views, as training measured it; lower is better.',
      ...numbers(alignment.a, alignment.b),
    },
    {
      name: 'uniformity',
      meaning: 'How evenly the pictures spread on the sphere; lower is better.',
      ...numbers(uniformity.a, uniformity.b),
    },
  ];
}

/** What is measured of the pair. */
export function pairRows(comparison: Comparison): PairRow[] {
  const { k, negatives, anchors } = comparison;
  const kept = (name: 'hard' | 'false' | 'ring'): PairRow => {
    const { kept: both, new: fresh, gone } = negatives[name];
    const before = both + gone;
    return {
      name: `${name} negatives kept`,
      meaning: `Mean of ${anchors} anchors by the same ring: ${both.toFixed(1)} kept, ${fresh.toFixed(1)} new, ${gone.toFixed(1)} gone.`,
      value: before === 0 ? '–' : formatPercent(both / before, 0),
      certainty: `+${fresh.toFixed(1)} −${gone.toFixed(1)}`,
    };
  };
  return [
    row(
      `overlap of ${k} neighbours`,
      'Jaccard index per picture; 95 % interval.',
      comparison.neighbourOverlap,
    ),
    row(
      'rank-biased overlap',
      'Overlap of rankings, the first ranks count most.',
      comparison.rankBiasedOverlap,
    ),
    row('change of hardness', `Of the mean similarity to the ${k} nearest.`, comparison.hardness),
    {
      name: 'linear CKA',
      meaning: 'Likeness of both spaces as a whole; 1 is the same but for rotation and scale.',
      value: comparison.cka?.toFixed(3) ?? '–',
      certainty: '',
    },
    kept('hard'),
    kept('false'),
    kept('ring'),
  ];
}

function paired(name: string, meaning: string, { a, b, p }: PairedAccuracy): SidesRow {
  return {
    name,
    meaning,
    a: formatPercent(a),
    b: formatPercent(b),
    change: signed(100 * (b - a), 1),
    certainty: p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`,
  };
}

function numbers(a: number | null, b: number | null): Omit<SidesRow, 'name' | 'meaning'> {
  return {
    a: a?.toFixed(2) ?? '–',
    b: b?.toFixed(2) ?? '–',
    change: a === null || b === null ? '–' : signed(b - a, 2),
    certainty: '',
  };
}

function row(name: string, meaning: string, { mean, low, high }: Interval): PairRow {
  const text = (value: number): string => value.toFixed(3).replace('-', '−');
  return { name, meaning, value: text(mean), certainty: `${text(low)} to ${text(high)}` };
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
