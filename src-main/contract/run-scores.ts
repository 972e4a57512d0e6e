import { leftOutWords } from './leave-out.ts';

/**
 * How scores are measured, as a number that grows with each change of it. Those of another number are
 * shown as what they are, and are not compared with those of today.
 */
export const scoreProtocol = 2;

/** The k of every kNN accuracy by which runs are compared. */
export const knnNeighbours = 5;

/** How many of the most similar pictures count for the precision by which runs are compared. */
export const precisionNeighbours = 20;

/** A score as it is called in a table's head and in full, and what it means. */
interface ScoreWords {
  readonly short: string;
  readonly title: string;
  readonly meaning: string;
}

/** The scores of a run by the pictures' labels: the same words everywhere. */
export const scoreWords = {
  knn: {
    short: 'kNN',
    title: 'kNN accuracy',
    meaning: `Share of pictures whose ${knnNeighbours} nearest give them their own label, by a vote weighted with e^(similarity / 0.07); higher is better.`,
  },
  precisionAt20: {
    short: `P@${precisionNeighbours}`,
    title: `precision at ${precisionNeighbours}`,
    meaning: `Share of a picture’s ${precisionNeighbours} most similar that have its label, as a mean over the labelled pictures; higher is better. It orders runs much as kNN does.`,
  },
  linear: {
    short: 'linear',
    title: 'linear probe accuracy',
    meaning:
      'Accuracy of a logistic regression on h, five-fold cross-validated with tuned ridge; higher is better.',
  },
  rankMe: {
    short: 'RankMe',
    title: 'RankMe',
    meaning:
      'How many directions h fills, by the entropy of its singular values; needs no labels. Higher is often better among runs of one encoder; it depends on the number of pictures.',
  },
} as const satisfies Readonly<Record<string, ScoreWords>>;

/** The numbers of a run's scores by which they are described. */
interface DescribedScores {
  readonly protocol?: number | undefined;
  readonly leftOut?: string | undefined;
  readonly knn?: number | undefined;
  readonly uniformity?: number | undefined;
}

/** Whether a run has scores, and they were measured otherwise than today. */
export function isOlderProtocol({ protocol, knn, uniformity }: DescribedScores): boolean {
  return protocol !== scoreProtocol && (knn ?? uniformity) !== undefined;
}

/** Whether a run's scores cannot be put beside those of today, which leave out `leftOut`. */
export function isMeasuredOtherwise(scores: DescribedScores, leftOut: string): boolean {
  const { protocol, knn } = scores;
  if (isOlderProtocol(scores)) return true;
  return protocol !== undefined && knn !== undefined && (scores.leftOut ?? '') !== leftOut;
}

const olderProtocolWords = 'measured by an older version; evaluate again';

/** What must be said beside a run's accuracies: how else they were measured; empty otherwise. */
export function protocolWords(scores: DescribedScores): string {
  if (isOlderProtocol(scores)) return olderProtocolWords;
  return leftOutWords(scores.leftOut ?? '');
}

/** The chance level and the ceiling of a precision in words; empty where they are unknown. */
export function boundsWords(
  {
    precisionChance,
    precisionCeiling,
  }: {
    readonly precisionChance?: number | null | undefined;
    readonly precisionCeiling?: number | null | undefined;
  },
  text: (share: number) => string,
): string {
  if (precisionChance == null || precisionCeiling == null) return '';
  return `chance ${text(precisionChance)}, at best ${text(precisionCeiling)}`;
}
