/** Rows as lines with aligned columns; numbers are aligned to the right. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return /^[-−+]?[\d.,]+( %)?$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
    });
    return cells.join('  ').trimEnd();
  });
}

/** Prints rows in aligned columns; the first row is the head. */
export function printTable(
  rows: readonly (readonly string[])[],
  stream: { write(text: string): unknown },
): void {
  for (const line of tableLines(rows)) stream.write(`${line}\n`);
}

/** A number with `digits` decimals, or a dash for none. */
export function decimals(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}
