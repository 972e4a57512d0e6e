/** A number over seeds: its median, the lowest and the highest. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What was measured of one thing, by the names of the numbers; `name` says of which, if there are several. */
export type SummaryRow = Readonly<Record<string, string | Spread>>;

/** The spread over seeds of each number, of rows of the same name; what is neither number nor text is left out. */
export function spreadsByName(measured: readonly object[]): SummaryRow[] {
  const rows = measured as readonly Readonly<Record<string, unknown>>[];
  return [...Map.groupBy(rows, ({ name }) => name).values()].map(summaryRow);
}

function summaryRow(rows: readonly Readonly<Record<string, unknown>>[]): SummaryRow {
  const [first = {}] = rows;
  const entries = Object.entries(first).flatMap(([key, value]): [string, string | Spread][] => {
    if (key === 'seed') return [];
    if (typeof value === 'string') return [[key, value]];
    if (typeof value !== 'number') return [];
    return [[key, spreadOf(rows.map((row) => Number(row[key])))]];
  });
  return Object.fromEntries(entries);
}

/** Of an even number of values the median is the higher of the two in the middle. */
function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? NaN;
  return { median: at(Math.floor(sorted.length / 2)), low: at(0), high: at(sorted.length - 1) };
}
