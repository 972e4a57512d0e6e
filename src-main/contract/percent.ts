/** Between a number and its sign, which a line's end must not part. */
const noBreak = '\u00a0';

/** A fraction as a percentage: 0.0829 as "8.3 %", with a true minus sign below 0. */
export function formatPercent(fraction: number, digits = 1): string {
  const percent = Math.abs(fraction * 100).toFixed(digits);
  const sign = fraction < 0 && Number(percent) !== 0 ? '−' : '';
  return `${sign}${percent}${noBreak}%`;
}

/**
 * A fraction in percent with at least two digits that say something: 0.0829 as "8.3 %", 0.00002 as
 * "0.0020 %". Shares of one negative among 50,000 would all be "0.0 %" otherwise.
 */
export function smallPercent(fraction: number): string {
  const size = Math.abs(fraction);
  const sign = fraction < 0 ? '−' : '';
  if (size === 0 || size >= 0.01) return `${sign}${formatPercent(size)}`;
  if (size < 1e-8) return `${sign}under 0.000001${noBreak}%`;
  // Not `toPrecision`, which may answer with an exponent.
  const decimals = 1 - Math.floor(Math.log10(size * 100));
  return `${sign}${formatPercent(size, Math.min(decimals, 7))}`;
}
