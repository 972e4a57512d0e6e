import type { Pictures } from '../../app/library/pictures.ts';

const shownAtMost = 6;

/** How many of some pictures have each label, the most frequent first; the rest in one entry. */
export function labelCounts(
  pictures: Pictures,
  ids: readonly number[],
): readonly { readonly label: string; readonly count: number }[] {
  const counts = [...pictures.countLabels(ids)]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count);
  const without = ids.filter((id) => pictures.labelOf(id) === null).length;
  const shown = counts.slice(0, shownAtMost);
  const rest = counts.slice(shownAtMost).reduce((sum, { count }) => sum + count, 0);
  if (rest > 0) shown.push({ label: `${counts.length - shownAtMost} more labels`, count: rest });
  if (without > 0) shown.push({ label: 'no label', count: without });
  return shown;
}
