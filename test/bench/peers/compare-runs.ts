import { readFileSync } from 'node:fs';
import { markdownTable } from '../../docs/markdown-table.ts';
import { machineDifferences } from './machine.ts';
import { benchResults } from './results.ts';
import type { BenchResults, MeasuredRow } from './results.ts';

/** A figure of two runs. */
export interface ComparedFigure {
  readonly name: string;
  readonly before: number;
  readonly now: number;
  /** The new figure as a multiple of the old one. */
  readonly ratio: number;
}

/** Two runs of the benchmarks beside each other. */
export interface ComparedRuns {
  /** What differs between the machines, in words. */
  readonly machine: readonly string[];
  readonly figures: readonly ComparedFigure[];
  /** The names of figures that only one of them has. */
  readonly onlyBefore: readonly string[];
  readonly onlyNow: readonly string[];
}

/** What keeps a file of an earlier run from being compared, in a sentence. */
export class UnreadableRun extends Error {}

/** The results in a file that `--out` wrote, or `--json` printed. @throws UnreadableRun */
export function readRun(file: string): BenchResults {
  try {
    return benchResults.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new UnreadableRun(
      `${file} is no run of the benchmarks: --compare takes a file that "npm run bench -- --out FILE" wrote.`,
      { cause },
    );
  }
}

/** Sets a run beside an earlier one, figure by figure of what both have. */
export function compareRuns(before: BenchResults, now: BenchResults): ComparedRuns {
  const [old, present] = [figuresOf(before), figuresOf(now)];
  const figures = [...present].flatMap(([name, value]) => {
    const former = old.get(name);
    return former === undefined
      ? []
      : [{ name, before: former, now: value, ratio: value / former }];
  });
  return {
    machine: machineDifferences(before.machine, now.machine),
    figures,
    onlyBefore: [...old.keys()].filter((name) => !present.has(name)),
    onlyNow: [...present.keys()].filter((name) => !old.has(name)),
  };
}

/** A comparison as a table in Markdown, with a sentence where the machines differ. */
export function comparedText({ machine, figures, onlyBefore, onlyNow }: ComparedRuns): string {
  const rows = figures.map(({ name, before, now, ratio }) => [
    ...[name, short(before), short(now), ratio.toFixed(3)],
  ]);
  const only = (names: readonly string[], which: string): string[] =>
    names.length === 0 ? [] : [`Only in the ${which} run: ${worksOf(names).join(', ')}.`];
  return [
    ...(machine.length === 0
      ? []
      : [
          `The two runs are of different machines, so take the ratios with care: ${machine.join('; ')}.`,
        ]),
    figures.length === 0
      ? 'The two runs have no figure in common.'
      : markdownTable(['figure', 'before', 'now', 'now / before'], rows),
    ...only(onlyBefore, 'earlier'),
    ...only(onlyNow, 'new'),
  ].join('\n\n');
}

/** The names of rows, without those of their figures. */
function worksOf(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.replace(/: [^:]*$/, '')))];
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** All numbers of a run, by names that are the same in every run of the same work and sizes. */
function figuresOf({ rows, figures }: BenchResults): Map<string, number> {
  const measured = rows.flatMap((row) => {
    const name = rowName(row);
    return [
      [`${name}: ours, s`, row.ours.median] as const,
      ...(row.peer ? [[`${name}: ${peerName(row.peer.by)}, s`, row.peer.median] as const] : []),
      ...(row.ratio ? [[`${name}: ratio`, row.ratio.median] as const] : []),
    ];
  });
  return new Map([...measured, ...numbersIn(figures, '')]);
}

function rowName({ name, sizes }: MeasuredRow): string {
  const said = Object.entries(sizes).map(([size, value]) => `${size} ${value}`);
  return said.length === 0 ? name : `${name} (${said.join(', ')})`;
}

/** The peer without its version, which an update changes. */
function peerName(by: string): string {
  return by.replace(/ \d[\w.+-]*$/, '');
}

function numbersIn(value: unknown, name: string): [string, number][] {
  if (typeof value === 'number') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    numbersIn(inner, name === '' ? key : `${name}.${key}`),
  );
}
