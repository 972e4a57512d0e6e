/** What is left of the key encoder's first weights after half of the steps, and MoCo's momentum. */
const [left, most] = [0.05, 0.999];

/**
 * The default momentum of the key encoder for a training of so many steps: m^(steps / 2) = 0.05, so
 * that half of the training replaces all but 5 % of the weights that the key encoder began with; at
 * most MoCo's 0.999, and rounded to four decimals (docs/formulas.md, Queue and key encoder).
 */
export function defaultKeyMomentum(steps: number): number {
  const exact = left ** (1 / Math.max(1, steps / 2));
  return Math.min(most, Math.round(10_000 * exact) / 10_000);
}
