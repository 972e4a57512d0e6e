/**
 * Rows from the most to the least changed: the smallest overlap of neighbours first, then the
 * smallest rank-biased overlap, then the lower row.
 */
export function mostChanged(overlap: Float64Array, rankBiased: Float64Array): Uint32Array {
  const rows = Uint32Array.from(overlap.keys());
  const by = (column: Float64Array, a: number, b: number): number =>
    (column[a] as number) - (column[b] as number);
  return rows.sort((a, b) => by(overlap, a, b) || by(rankBiased, a, b) || a - b);
}

/**
 * The mean overlap of each label's rows, the smallest first; rows without a label (-1) are left
 * out.
 */
export function mostChangedLabels(
  overlap: Float64Array,
  labels: Int32Array,
): { readonly label: number; readonly pictures: number; readonly overlap: number }[] {
  const totals = new Map<number, { pictures: number; total: number }>();
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    const { pictures, total } = totals.get(label) ?? { pictures: 0, total: 0 };
    totals.set(label, { pictures: pictures + 1, total: total + (overlap[row] ?? 0) });
  }
  return [...totals]
    .map(([label, { pictures, total }]) => ({ label, pictures, overlap: total / pictures }))
    .sort((a, b) => a.overlap - b.overlap || a.label - b.label);
}
