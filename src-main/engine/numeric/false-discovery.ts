/**
 * The q of each p value: the smallest false discovery rate at which it is still found (Benjamini and
 * Hochberg 1995), q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ m / j, at most 1. In the order of the p values.
 */
export function falseDiscoveryRates(pValues: ArrayLike<number>): Float64Array {
  const count = pValues.length;
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort(
    (one, other) => (pValues[one] as number) - (pValues[other] as number),
  );
  const rates = new Float64Array(count);
  let lowest = 1;
  for (let rank = count; rank >= 1; rank--) {
    const index = order[rank - 1] as number;
    lowest = Math.min(lowest, ((pValues[index] as number) * count) / rank);
    rates[index] = lowest;
  }
  return rates;
}
