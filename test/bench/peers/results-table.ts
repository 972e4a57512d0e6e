import { markdownTable } from '../../docs/markdown-table.ts';
import { machineLine, wasBusy } from './machine.ts';
import type { BenchResults, MeasuredRow, MeasuredSide } from './results.ts';

/** The results as a table in Markdown with the machine below it, and what could not be measured. */
export function resultsText(results: BenchResults): string {
  const head = ['work', 'peer', 'ours', 'peer’s', 'ours is N times as fast', 'bar', 'kept'];
  const table = results.rows.length === 0 ? [] : [markdownTable(head, results.rows.map(cells))];
  const turns = results.turns === undefined ? '' : `, turns of each: ${results.turns}`;
  const notes = results.rows.flatMap(notesLine);
  return [
    ...table,
    `${machineLine(results.machine)}${turns}; ${results.at}`,
    ...(wasBusy(results.machine) ? [busySentence] : []),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
    ...(results.notMeasured.length > 0 ? [results.notMeasured.join('\n')] : []),
  ].join('\n\n');
}

const busySentence =
  'The machine had other work when this began: measure again on a quiet one before you trust it.';

function cells({ title, sizes, ours, peer, ratio, bar, keepsBar }: MeasuredRow): string[] {
  return [
    `${title} (${sizesText(sizes)})`,
    peer?.by ?? '–',
    timeText(ours.median),
    peer ? timeText(peer.median) : '–',
    ratio
      ? `${ratio.median.toFixed(2)} (${ratio.lowest.toFixed(2)} to ${ratio.highest.toFixed(2)})`
      : '–',
    barText(bar),
    keepsBar === null ? '–' : keepsBar ? 'yes' : 'no',
  ];
}

function barText(bar: MeasuredRow['bar']): string {
  if (bar === null) return '–';
  return 'atLeast' in bar ? `at least ${bar.atLeast}` : `at most ${timeText(bar.atMost)}`;
}

function sizesText(sizes: MeasuredRow['sizes']): string {
  return Object.entries(sizes)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** The other numbers of a row's sides, beside each other. */
function notesLine({ name, ours, peer }: MeasuredRow): string[] {
  const said = [ours, ...(peer ? [peer] : [])].flatMap(({ by, notes }: MeasuredSide) => {
    const numbers = Object.entries(notes).map(
      ([note, value]) =>
        `${note} ${Number.isInteger(value) ? value : Number(value.toPrecision(4))}`,
    );
    return numbers.length === 0 ? [] : [`${by}: ${numbers.join(', ')}`];
  });
  return said.length === 0 ? [] : [`${name}: ${said.join('; ')}`];
}

/** Seconds in the unit that suits them, with three digits. */
export function timeText(seconds: number): string {
  const [value, unit] = seconds < 1 ? [seconds * 1000, 'ms'] : [seconds, 's'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}
