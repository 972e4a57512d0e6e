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

/** The momenta of the bank that the papers have, and that was tried on short epochs. */
const [published, slowest] = [0.5, 0.8];

/**
 * The default momentum of a memory bank, whose rows move once an epoch: as much as a key encoder would
 * move in an epoch of so many steps, but from InstDisc's 0.5 to 0.8 (docs/formulas.md, Memory bank).
 */
export function defaultBankMomentum(stepsPerEpoch: number, epochs: number): number {
  const asKeys = defaultKeyMomentum(stepsPerEpoch * epochs) ** stepsPerEpoch;
  return Math.min(slowest, Math.max(published, Math.round(100 * asKeys) / 100));
}
