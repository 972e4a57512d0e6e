/**
 * A fraction in percent with at least two digits that say something: 0.0829 as "8.3 %", 0.00002 as
 * "0.0020 %". Shares of one negative among 50,000 would all be "0.0 %" otherwise.
 */
export function smallPercent(fraction: number): string {
  const percent = Math.abs(fraction * 100);
  const sign = fraction < 0 ? '−' : '';
  if (percent === 0 || percent >= 1) return `${sign}${percent.toFixed(1)} %`;
  if (percent < 0.000001) return `${sign}under 0.000001 %`;
  // Not `toPrecision`, which may answer with an exponent.
  const decimals = 1 - Math.floor(Math.log10(percent));
  return `${sign}${percent.toFixed(Math.min(decimals, 7))} %`;
}
