/** Texts that stand for a number that there is not, as pandas, R and databases write them. */
const missing = /^(|null|none|nil|na|n\/a|#n\/a|<na>|\\n)$/i;
const notANumber = /^[+-]?(nan|1\.#(qnan|ind|snan))$/i;
const infinite = /^([+-]?)(inf|infinity|∞|1\.#inf)$/i;
/** Digits with any marks of decimals and thousands, an exponent or a percent sign. */
const writtenOtherwise = /^[+\-−]?[\d.,'’_\s]*\d[\d.,'’_\s]*(e[+-]?\d+)?\s*%?$/i;

/** The number of a cell of a text file or of JSON; NaN where it holds none. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return NaN;
  const text = value.trim();
  if (text === '') return NaN;
  const number = Number(text);
  if (!Number.isNaN(number)) return number;
  const [, sign] = infinite.exec(text) ?? [];
  if (sign === undefined) return NaN;
  return sign === '-' ? -Infinity : Infinity;
}

/** Whether there is nothing in a cell. */
export function isMissing(value: unknown): boolean {
  if (typeof value === 'string') return missing.test(value.trim());
  return value === undefined || value === null;
}

/** Whether a cell holds a number, NaN or infinity. */
export function isNumber(value: unknown): boolean {
  if (typeof value === 'number') return true;
  if (!Number.isNaN(toNumber(value))) return true;
  return typeof value === 'string' && notANumber.test(value.trim());
}

/** Whether a cell holds a number, also one in a notation that is not read, such as `1,5`. */
export function looksLikeNumber(value: unknown): boolean {
  return isNumber(value) || (typeof value === 'string' && writtenOtherwise.test(value.trim()));
}
