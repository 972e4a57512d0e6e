/** What was measured of one thing, by the names of the numbers; `name` says of which, if there are several. */
export type MeasuredRow = Readonly<Record<string, string | number>>;

/** The medians over seeds of each number, of rows of the same name. */
export function mediansByName(measured: readonly object[]): MeasuredRow[] {
  const rows = measured as readonly MeasuredRow[];
  return [...Map.groupBy(rows, ({ name }) => name).values()].map(medianRow);
}

function medianRow(rows: readonly MeasuredRow[]): MeasuredRow {
  const [first = {}] = rows;
  const keys = Object.keys(first).filter((key) => key !== 'seed');
  return Object.fromEntries(keys.map((key) => [key, medianOf(rows.map((row) => row[key] ?? NaN))]));
}

function medianOf(values: readonly (string | number)[]): string | number {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return values[0] ?? '';
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
