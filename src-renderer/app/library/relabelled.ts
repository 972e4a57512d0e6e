import type { Pictures } from './pictures.ts';

/** Whether a picture of a library has another label than before, or is no longer there. */
export function isRelabelled(before: Pictures, after: Pictures): boolean {
  const { ids } = before.columns;
  for (let row = 0; row < ids.length; row++) {
    const now = after.rowOf(before.idAt(row));
    if (now < 0 || before.labelAt(row) !== after.labelAt(now)) return true;
  }
  return false;
}
