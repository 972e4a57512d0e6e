import type { SelectionName } from './parts.ts';
import { presets } from './presets.ts';

/** The selections with a ring: only the negatives that the ring keeps are in the loss. */
const ringSelections: readonly (SelectionName | undefined)[] = ['ring', 'ball', 'cave'];

/** Whether a loss pushes only what a ring keeps, by its preset or by a selection of its own. */
export function hasRing(loss: {
  readonly objective?: string | null | undefined;
  readonly selection?: unknown;
}): boolean {
  const known = Object.entries(presets).find(([name]) => name === loss.objective)?.[1];
  const selection = typeof loss.selection === 'string' ? loss.selection : known?.selection;
  return ringSelections.some((name) => name === selection);
}
