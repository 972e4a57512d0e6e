const levels = 9;

/**
 * β in an epoch counted from 1 of `epochs` (HCL's `--anneal down`): nine values from `beta` to 0, the
 * next one at each epoch that int(epochs / 9) divides; the first of them is β itself, so that it first
 * changes at the second. The last stays, where the official code would run out of values.
 */
export function annealedBeta(beta: number, epoch: number, epochs: number): number {
  const every = Math.max(1, Math.trunc(epochs / levels));
  const level = Math.min(levels - 1, Math.max(0, Math.floor(epoch / every) - 1));
  return beta * (1 - level / (levels - 1));
}
