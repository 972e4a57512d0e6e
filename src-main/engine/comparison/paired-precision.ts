import type { LabelColumn } from '../evaluation/label-columns.ts';
import { precisionAtK } from '../evaluation/precision-at-k.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';

/**
 * The precision at 20 of two runs: the share of a picture's 20 most similar that has its label; null if
 * no row has a label.
 */
export function pairedPrecision(
  first: Neighbours,
  second: Neighbours,
  labels: LabelColumn,
): { readonly a: number; readonly b: number } | null {
  const a = precisionAtK({ neighbours: first, labels });
  const b = precisionAtK({ neighbours: second, labels });
  return a === null || b === null ? null : { a, b };
}
