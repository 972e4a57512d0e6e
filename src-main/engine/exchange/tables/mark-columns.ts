import type { Library } from '../../store/library-file.ts';
import { leftOutHashes } from '../../store/left-out.ts';
import { picturesByTag } from '../../store/picture-tags.ts';
import { numbers, texts } from '../../formats/tables/table.ts';
import type { ColumnValues, TableColumn } from '../../formats/tables/table.ts';

/** Columns with all their values; `of` gives those from a row on. */
interface MarkColumns {
  readonly columns: readonly TableColumn[];
  of(first: number, count: number): ColumnValues[];
}

/**
 * What people marked pictures with, by content hash: their tags, with "|" between them, and whether
 * they are left out of training. A library without such marks has no such column.
 */
export function markColumns(library: Library, hashes: readonly string[]): MarkColumns {
  const tagsOf = new Map<string, string[]>();
  for (const [tag, tagged] of picturesByTag(library)) {
    for (const hash of tagged) tagsOf.set(hash, [...(tagsOf.get(hash) ?? []), tag]);
  }
  const leftOut = new Set(leftOutHashes(library));
  const tags = hashes.map((hash) => (tagsOf.get(hash) ?? []).join('|'));
  const isLeftOut = Uint8Array.from(hashes, (hash) => (leftOut.has(hash) ? 1 : 0));
  const hasTags = tags.some((tag) => tag !== '');
  const hasLeftOut = isLeftOut.includes(1);
  return {
    columns: [
      ...(hasTags ? [texts('tags', tags, 'its tags, | between them')] : []),
      ...(hasLeftOut
        ? [numbers('left_out', 'boolean', '', 'whether it is left out of training')]
        : []),
    ],
    of: (first, count) => [
      ...(hasTags ? [tags.slice(first, first + count)] : []),
      ...(hasLeftOut ? [isLeftOut.slice(first, first + count)] : []),
    ],
  };
}
