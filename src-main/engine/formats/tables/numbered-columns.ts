import type { ImportColumn } from '../../../contract/imports.ts';

/** Number columns that form one vector, in the order of the numbers in their names. */
interface NumberedColumns {
  readonly column: ImportColumn;
  readonly parts: readonly string[];
}

/**
 * Columns that hold numbers in some of their cells only, or nothing at all: they belong to a vector all
 * the same, so that a bad cell costs its row and not the column.
 */
export type PartlyNumbers = ReadonlyMap<string, 'some' | 'empty'>;

interface NumberedName {
  readonly name: string;
  readonly number: number;
  readonly holds: 'numbers' | 'some' | 'empty' | 'else';
}

/** More missing columns than this are not listed. */
const gapsAtMost = 100;

/**
 * Finds columns whose names differ only in a number at the end (`dim_0`, `dim_1` …; `v[0]`, `v[1]` …);
 * each such set is one column of kind `vector`, named `dim_*`. Its `gaps` are the columns that its
 * numbering lacks, or that hold no numbers.
 */
export function numberedColumns(
  columns: readonly ImportColumn[],
  partly: PartlyNumbers = new Map(),
): NumberedColumns[] {
  const sets = new Map<string, NumberedName[]>();
  for (const { name, kind } of columns) {
    const [, prefix, digits, suffix = ''] = /^(.*?)(\d+)([\])]?)$/.exec(name) ?? [];
    if (kind === 'vector' || prefix === undefined) continue;
    const pattern = `${prefix}*${suffix}`;
    const set = sets.get(pattern) ?? [];
    const holds = kind === 'number' ? 'numbers' : (partly.get(name) ?? 'else');
    set.push({ name, number: Number(digits), holds });
    sets.set(pattern, set);
  }
  return [...sets].flatMap(([name, all]) => {
    const set = all.filter(({ holds }) => holds !== 'else').sort((a, b) => a.number - b.number);
    const hasNumbers = set.some(({ holds }) => holds !== 'empty');
    if (set.length < 2 || !hasNumbers) return [];
    const gaps = gapsOf(name, all);
    const type = `${set.length} number columns`;
    const column = { name, kind: 'vector' as const, type, length: set.length };
    return [
      {
        column: gaps.length === 0 ? column : { ...column, gaps },
        parts: set.map((part) => part.name),
      },
    ];
  });
}

/** The names that are missing between 0 or 1 and the last, and those of columns without numbers. */
function gapsOf(pattern: string, all: readonly NumberedName[]): string[] {
  const others = all.filter(({ holds }) => holds === 'else').map(({ name }) => name);
  const numbers = new Set(all.map(({ number }) => number));
  const last = all.reduce((most, { number }) => Math.max(most, number), 0);
  const [prefix = '', suffix = ''] = pattern.split('*');
  const shortest = all.reduce((least, { name }) => Math.min(least, name.length), Infinity);
  const digits = shortest - prefix.length - suffix.length;
  const missing: string[] = [];
  for (let number = numbers.has(0) ? 0 : 1; number < last; number++) {
    if (missing.length === gapsAtMost) break;
    if (numbers.has(number)) continue;
    missing.push(`${prefix}${String(number).padStart(digits, '0')}${suffix}`);
  }
  const seen = new Set<number>();
  const twice = all.filter(({ number }) => seen.size === seen.add(number).size);
  return [...missing, ...twice.map(({ name }) => name), ...others];
}
