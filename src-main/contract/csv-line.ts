/**
 * A line of comma-separated values without its line end; cells are quoted where necessary (RFC 4180), and guarded
 * as `csvCell` says.
 */
export function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(',');
}

/**
 * One cell, quoted where necessary. A text that a spreadsheet would run as a formula, as a name of a file may be, gets
 * an apostrophe in front (OWASP, CSV injection); `textOfCsvCell` takes it away.
 */
export function csvCell(text: string): string {
  const guarded = isFormula(text) ? `'${text}` : text;
  return /[",\r\n\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The text of a cell as it was before `csvCell` guarded it. */
export function textOfCsvCell(cell: string): string {
  return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell;
}

/** Also with apostrophes before it, so that a text which has its own comes back with as many. */
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const plainNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$|^[+-](inf|infinity|nan)$/i;

function isFormula(text: string): boolean {
  return formula.test(text) && !plainNumber.test(text);
}
