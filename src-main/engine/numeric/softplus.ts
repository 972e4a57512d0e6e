/** log(1 + e^x), which overflows for no x. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** σ(x) = 1 / (1 + e^(-x)), the derivative of `softplus`. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
