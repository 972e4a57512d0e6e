/** Prints rows in aligned columns; the first row is the head. Numbers are set to the right. */
export function printTable(
  rows: readonly (readonly string[])[],
  stream: { write(text: string): unknown },
): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return /^-?[\d.,]+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
    });
    stream.write(`${cells.join('  ').trimEnd()}\n`);
  }
}

/** A number with so many decimals, or a dash for none. */
export function decimals(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}
