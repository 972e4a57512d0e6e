/** What is left of the key encoder's first weights after `early` of the steps, and MoCo's momentum. */
const [left, early, most] = [0.05, 1 / 20, 0.999];

/**
 * The default momentum of the key encoder for a training of so many steps: m^(steps / 20) = 0.05, so
 * that a twentieth of the training replaces all but 5 % of the weights that the key encoder began
 * with; at most MoCo's 0.999, and rounded to three decimals (docs/formulas.md, Queue and key encoder).
 */
export function defaultKeyMomentum(steps: number): number {
  const exact = left ** (1 / Math.max(1, early * steps));
  return Math.min(most, Math.round(1000 * exact) / 1000);
}
