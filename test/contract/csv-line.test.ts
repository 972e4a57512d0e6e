import { describe, expect, it } from 'vitest';
import { csvCell, csvLine, textOfCsvCell } from '../../src-main/contract/csv-line.ts';

describe('a cell of a CSV file', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    '-',
    '=HYPERLINK("http://x")',
  ])('is no formula for a spreadsheet: %j', (text) => {
    const cell = csvCell(text);
    expect(cell).toMatch(/^"?'/);
    expect(textOfCsvCell(unquoted(cell))).toBe(text);
  });

  it.each(['-0.25', '+3', '-1e-9', '.5', '-.5', '-Infinity', '5', 'cat/1.png', "'quoted'", ''])(
    'stays as it is where it is none: %j',
    (text) => {
      expect(csvCell(text)).toBe(text);
      expect(textOfCsvCell(text)).toBe(text);
    },
  );

  it('comes back with as many apostrophes as it had', () => {
    for (const text of ["'=1", "''@a", "'a", "'"]) {
      expect(textOfCsvCell(unquoted(csvCell(text)))).toBe(text);
    }
  });

  it('is quoted where it must be', () => {
    expect(csvLine(['a,b', 'say "x"', '=a,b', 'tab\there'])).toBe(
      `"a,b","say ""x""","'=a,b","tab\there"`,
    );
  });
});

function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
