import type { FormatReport } from './run-format.ts';

const head = [
  ['format', 'inputs tried', 'refused with a sentence', 'read', 'crashes', 'hangs', 'over 1 GB'],
  ['other faults', 'longest time', 'most memory'],
].flat();

/** The reports as a table in Markdown, a line for each format. */
export function reportTable(
  reports: readonly FormatReport[],
  titleOf: (format: string) => string,
): string {
  const rows = reports.map((report) => {
    const { inputs, refused, read, failures, longestMs, mostBytes } = report;
    const times = (wanted: string): number => failures.filter(({ kind }) => kind === wanted).length;
    const deaths = [times('crash'), times('hang'), times('memory')];
    const extremes = [`${(longestMs / 1000).toFixed(2)} s`, `${Math.ceil(mostBytes / 2 ** 20)} MB`];
    return [titleOf(report.format), inputs, refused, read, ...deaths, times('fault'), ...extremes];
  });
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
