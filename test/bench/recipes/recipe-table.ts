import type { MeasuredRow } from './medians.ts';

const titles: Readonly<Record<string, string>> = {
  name: 'recipe',
  knn: 'kNN',
  knnOtherEmoji: 'kNN, other emoji',
  judgedHalf: 'judged half',
  otherHalf: 'other half',
  hiddenKnn: 'kNN of hidden labels',
  hiddenLinear: 'linear',
  rankBefore: 'mean rank before',
  rankAfter: 'mean rank after',
  others: 'of',
  knnBefore: 'kNN before',
  knnAfter: 'kNN after',
};

/** Rows as a Markdown table: shares with three digits, seconds and ranks as whole numbers. */
export function recipeTable(rows: readonly MeasuredRow[]): string {
  const keys = Object.keys(rows[0] ?? {});
  const head = keys.map((key) => titles[key] ?? key);
  const lines = rows.map((row) => keys.map((key) => cell(row[key] ?? '')));
  return [head, head.map(() => '---'), ...lines]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

function cell(value: string | number): string {
  if (typeof value === 'string') return value;
  return Math.abs(value) <= 1 ? value.toFixed(3) : value.toFixed(0);
}
