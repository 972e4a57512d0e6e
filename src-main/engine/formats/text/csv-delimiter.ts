/**
 * The separator of a table's columns: comma, semicolon or tab, whichever is most frequent in its first
 * line.
 */
export function csvDelimiter(text: string): string {
  const end = text.indexOf('\n');
  const head = end < 0 ? text : text.slice(0, end);
  const count = (delimiter: string): number => head.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
