/**
 * The values of a list, or of a text of one: `[1, 2]`, `{1,2}`, `(1; 2)`, `[1 2]`; null where a cell
 * holds no list.
 */
export function listOfCells(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== 'string') return null;
  const [, inside] = /^\s*[[({]\s*(.*?)\s*[\])}]\s*$/s.exec(value) ?? [];
  if (inside === undefined) return null;
  return inside === '' ? [] : inside.replace(/[,;]$/, '').split(/\s*[,;]\s*|\s+/);
}
