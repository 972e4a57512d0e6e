import type { SelectionMode } from '../../map/scene/map-props.ts';

/** No picture at all. */
export const emptySelection: ReadonlySet<number> = new Set();

/** A selection after some pictures were lassoed. */
export function changeSelection(
  before: ReadonlySet<number>,
  ids: Iterable<number>,
  mode: SelectionMode,
): ReadonlySet<number> {
  if (mode === 'replace') return new Set(ids);
  if (mode === 'add') return new Set([...before, ...ids]);
  const removed = new Set(ids);
  return new Set([...before].filter((id) => !removed.has(id)));
}
