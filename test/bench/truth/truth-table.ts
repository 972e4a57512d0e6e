import type { TruthFigure } from './truth-figure.ts';

/**
 * The text of docs/truth.md with the table of a section in place of the one between its two marks.
 * @throws Error if the text has no such marks
 */
export function withFigures(
  text: string,
  section: string,
  figures: readonly TruthFigure[],
): string {
  const [start, end] = [`<!-- measured: ${section} -->\n`, '\n<!-- end of measured -->'];
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`docs/truth.md has no place for "${section}".`);
  return `${text.slice(0, from + start.length)}\n${tableOf(figures)}${text.slice(to)}`;
}

function tableOf(figures: readonly TruthFigure[]): string {
  const rows = figures.map(
    ({ name, value, before = '', expected = '' }) =>
      `| ${name} | ${numberText(before)} | ${numberText(value)} | ${expected} |`,
  );
  return [
    '| Figure | Before | Now | Compare with |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function numberText(value: number | string): string {
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.1 ? value.toPrecision(3) : value.toFixed(3);
}
