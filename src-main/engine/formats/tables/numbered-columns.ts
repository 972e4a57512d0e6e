import type { ImportColumn } from '../../../contract/imports.ts';

/** Number columns that form one vector, in the order of the numbers in their names. */
interface NumberedColumns {
  readonly column: ImportColumn;
  readonly parts: readonly string[];
}

/**
 * Finds number columns whose names differ only in a number at the end (`dim_0`, `dim_1` …); each such
 * set is one column of kind `vector`, named `dim_*`.
 */
export function numberedColumns(columns: readonly ImportColumn[]): NumberedColumns[] {
  const sets = new Map<string, { name: string; number: number }[]>();
  for (const { name, kind } of columns) {
    const [, prefix, digits] = /^(.*?)(\d+)$/.exec(name) ?? [];
    if (kind !== 'number' || prefix === undefined) continue;
    const set = sets.get(prefix) ?? [];
    set.push({ name, number: Number(digits) });
    sets.set(prefix, set);
  }
  return [...sets].flatMap(([prefix, set]) => {
    if (set.length < 2) return [];
    const parts = set.sort((a, b) => a.number - b.number).map(({ name }) => name);
    const type = `${parts.length} number columns`;
    return [{ column: { name: `${prefix}*`, kind: 'vector', type, length: parts.length }, parts }];
  });
}
