import { formatCount } from '../../src-main/contract/format-count.ts';
import { formatPercent, smallPercent } from '../../src-main/contract/percent.ts';

/** A count with its noun: "1 picture", "1,285 pictures". */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A cosine as the sketches write it: 0.746 as ".746", with a true minus sign. */
export function formatSimilarity(similarity: number): string {
  const digits = Math.abs(similarity).toFixed(3).replace(/^0/, '');
  return similarity < 0 && Number(digits) !== 0 ? `−${digits}` : digits;
}

/** A signed share of the gradient in percent, with a sign that is always shown. */
export function formatShare(share: number): string {
  const percent = Math.abs(share * 100);
  const sign = share < 0 ? '−' : '+';
  // Of 50,000 negatives each would have "0.00 %".
  if (percent > 0 && percent < 0.0095) return `${sign}${smallPercent(Math.abs(share))}`;
  const decimals = percent >= 9.95 ? 0 : percent >= 0.095 ? 1 : 2;
  return `${sign}${formatPercent(percent / 100, decimals)}`;
}

/** Seconds as a person says them: "8 s left" becomes "8 s", 130 becomes "2 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A file's size: 3456 bytes as "3.5 kB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return countOf(bytes, 'byte');
  // By what is left after rounding: 999,950 bytes are 1.0 MB, not 1000.0 kB.
  const power = bytes < 999_950 ? 1 : bytes < 999_950_000 ? 2 : 3;
  return `${(bytes / 1000 ** power).toFixed(1)} ${['', 'kB', 'MB', 'GB'][power] ?? ''}`;
}

/** A number with at most `digits` decimals, no trailing zeros and a true minus sign. */
export function formatNumber(value: number, digits = 3): string {
  return String(Number(value.toFixed(digits))).replace(/^-/, '−');
}

/** A learning rate or another number of any size with `digits` digits that count: 0.0003, 4.8, 1e-6. */
export function formatRate(value: number, digits = 2): string {
  return String(Number(value.toPrecision(digits))).replace(/^-/, '−');
}

/** An ISO time as a short local date and time. */
export function formatTime(iso: string | number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );
}
