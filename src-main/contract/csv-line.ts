/** A line of comma-separated values without its line end; cells are quoted where necessary (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(',');
}

/** One cell, quoted where necessary. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
