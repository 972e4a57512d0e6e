/**
 * Whether a candidate, explained or recorded, was a positive of the loss and none of its negatives: it has
 * a part in the gradient, but none of the weights, which are of negatives.
 */
export function isLossPositive(weight: number, share: number): boolean {
  return weight === 0 && share !== 0;
}
