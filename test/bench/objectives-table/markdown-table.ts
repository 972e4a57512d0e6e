import type { Metrics, ScoreNumbers } from '../../../src-main/contract/runs.ts';
import type { Measured } from './measure-folder.ts';

/** Mean and sample standard deviation of what is there; a deviation of NaN with one value. */
export function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

function cell(scores: readonly Metrics[], key: keyof ScoreNumbers): string {
  const values = scores.flatMap((score) => score[key] ?? []);
  if (values.length === 0) return '–';
  const { mean, deviation } = meanAndDeviation(values);
  return Number.isNaN(deviation) ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
}

/** A Markdown table: a row per contender, per folder its kNN and linear accuracy, mean ± deviation. */
export function markdownTable(
  folders: readonly { readonly name: string; readonly measured: readonly Measured[] }[],
): string {
  const heads = folders.flatMap(({ name }) => [`${name}: kNN`, `${name}: linear`]);
  const names = folders[0]?.measured.map(({ name }) => name) ?? [];
  const rows = names.map((name) => [
    name,
    ...folders.flatMap(({ measured }) => {
      const scores = measured.find((entry) => entry.name === name)?.scores ?? [];
      return [cell(scores, 'knn'), cell(scores, 'linear')];
    }),
  ]);
  const lines = [['objective', ...heads], ['---', ...heads.map(() => '--:')], ...rows];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}
