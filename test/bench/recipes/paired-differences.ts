/** A training with a seed: its accuracy, and of each picture whether its neighbours vote right. */
export interface PairedScore {
  readonly name: string;
  readonly seed: number;
  readonly knn: number;
  readonly right: readonly boolean[];
}

/** What two trainings of one seed differ by. */
export interface PairedDifference {
  readonly name: string;
  readonly seed: number;
  /** Of the kNN accuracies. */
  readonly difference: number;
  /** Pictures that only the one, and that only the other gets right. */
  readonly won: number;
  readonly lost: number;
  /** Of McNemar's exact test, two-sided. */
  readonly p: number;
}

/** The differences within each seed of the trainings that claims compare, where both were measured. */
export function pairedDifferences(
  scores: readonly PairedScore[],
  claims: readonly { readonly better: string; readonly base: string }[],
): PairedDifference[] {
  return claims.flatMap(({ better, base }) =>
    scores
      .filter(({ name }) => name === better)
      .flatMap((one) => {
        const other = scores.find(({ name, seed }) => name === base && seed === one.seed);
        return other === undefined ? [] : [differenceOf(one, other)];
      }),
  );
}

function differenceOf(one: PairedScore, other: PairedScore): PairedDifference {
  const only = (a: PairedScore, b: PairedScore): number =>
    a.right.filter((isRight, row) => isRight && b.right[row] !== true).length;
  const [won, lost] = [only(one, other), only(other, one)];
  return {
    ...{ name: `${one.name} − ${other.name}`, seed: one.seed },
    ...{ difference: one.knn - other.knn, won, lost, p: mcNemar(won, lost) },
  };
}

/**
 * The two-sided p of McNemar's exact test: that of `won + lost` pictures on which two classifiers differ, each goes
 * either way by a fair coin.
 */
export function mcNemar(won: number, lost: number): number {
  const changed = won + lost;
  // Binomial coefficients of hundreds are too large; their logarithms are not.
  let logWays = 0;
  let tail = 0;
  for (let fewer = 0; fewer <= Math.min(won, lost); fewer += 1) {
    if (fewer > 0) logWays += Math.log(changed - fewer + 1) - Math.log(fewer);
    tail += Math.exp(logWays - changed * Math.LN2);
  }
  return Math.min(1, 2 * tail);
}
