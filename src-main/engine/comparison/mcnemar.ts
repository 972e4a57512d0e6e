/** With fewer discordant pictures than this the test is exact. */
const fewestForChiSquare = 25;

/**
 * The two-sided p of McNemar's test (McNemar 1947; Edwards 1948) that two classifiers are right equally
 * often on the same pictures. `onlyFirst` (b) and `onlySecond` (c) count the pictures that only one of
 * them classifies right. If b + c is below 25 it is the exact binomial test, else
 * χ² = (|b - c| - 1)² / (b + c) with one degree of freedom.
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const discordant = onlyFirst + onlySecond;
  if (discordant === 0) return 1;
  if (discordant < fewestForChiSquare) return exact(Math.min(onlyFirst, onlySecond), discordant);
  const distance = Math.max(Math.abs(onlyFirst - onlySecond) - 1, 0);
  return chiSquareTail(distance ** 2 / discordant);
}

function exact(fewer: number, discordant: number): number {
  let ways = 1;
  let total = 1;
  for (let chosen = 1; chosen <= fewer; chosen++) {
    ways = (ways * (discordant - chosen + 1)) / chosen;
    total += ways;
  }
  return Math.min(1, (2 * total) / 2 ** discordant);
}

/**
 * The probability that χ² with one degree of freedom is above `value`: erfc(√(value / 2)), by its
 * series for small values, else by its continued fraction.
 */
export function chiSquareTail(value: number): number {
  const x = Math.sqrt(value / 2);
  const scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let term = x;
    let total = x;
    for (let n = 1; n < 60; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return 1 - 2 * scale * total;
  }
  let fraction = x;
  for (let n = 80; n > 0; n--) fraction = x + n / 2 / fraction;
  return scale / fraction;
}
