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
    meaning: `Share of a picture’s ${precisionNeighbours} most similar that have its label, as a mean over the labelled pictures; higher is better.`,
  },
  linear: {
    short: 'linear',
    title: 'linear probe accuracy',
    meaning: 'Five-fold accuracy of a logistic regression on h; higher is better.',
  },
} as const satisfies Readonly<Record<string, ScoreWords>>;
