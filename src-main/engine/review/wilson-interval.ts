/** The two-sided 95 % quantile of the standard normal distribution. */
const z95 = 1.959963984540054;

/** A proportion with its interval; all 0 to 1. */
interface Proportion {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** A proportion with Wilson's score interval at 95 % (Wilson 1927); null without trials. */
export function wilsonInterval(successes: number, trials: number): Proportion | null {
  if (trials === 0) return null;
  const rate = successes / trials;
  const spread = z95 ** 2 / trials;
  const centre = (rate + spread / 2) / (1 + spread);
  const half = Math.sqrt((rate * (1 - rate) * spread + spread ** 2 / 4) / (1 + spread) ** 2);
  // Exactly 0 and 1, which rounding would miss.
  return {
    rate,
    low: successes === 0 ? 0 : centre - half,
    high: successes === trials ? 1 : centre + half,
  };
}
