import type { Spread, SummaryRow } from './medians.ts';

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
  processorSeconds: 'processor seconds',
};

/**
 * Rows as a Markdown table: medians, and where seeds differ the lowest and the highest; shares with three digits,
 * seconds and ranks as whole numbers.
 */
export function recipeTable(rows: readonly SummaryRow[]): string {
  const keys = Object.keys(rows[0] ?? {});
  const head = keys.map((key) => titles[key] ?? key);
  const lines = rows.map((row) => keys.map((key) => cell(row[key] ?? '')));
  return [head, head.map(() => '---'), ...lines]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

function cell(value: string | Spread): string {
  if (typeof value === 'string') return value;
  const { median, low, high } = value;
  const isShare = [low, high].every((one) => Math.abs(one) <= 1);
  const text = (one: number): string => one.toFixed(isShare ? 3 : 0);
  return text(low) === text(high)
    ? text(median)
    : `${text(median)} (${text(low)} to ${text(high)})`;
}
