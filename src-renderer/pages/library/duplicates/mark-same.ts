import { countOf } from '../../../formats/formats.ts';
import type { AppState } from '../../../app/app-state.svelte.ts';
import type { NearGroup } from '../../../app/library/near-duplicates.svelte.ts';

/** Says of near-duplicates that they are the same thing; the notice offers to take it back. */
export async function markSame(
  app: AppState,
  groups: readonly NearGroup[],
  run: number,
): Promise<void> {
  const { pictures } = app.library;
  const done = await app.attempt(() => app.nearDuplicates.markSame(groups, pictures, run));
  if (!done) return;
  const { edit, marked, otherwise } = done;
  const rest = otherwise === 0 ? '' : ` ${countOf(otherwise, 'pair')} judged otherwise stays so.`;
  const text = `${countOf(marked, 'pair')} marked as the same thing.${rest}`;
  if (marked === 0) {
    app.notices.show(text);
    return;
  }
  app.undoHistory.add(edit);
  const undo = (): unknown => app.attempt(() => app.undoHistory.takeBack(edit));
  app.notices.show(text, { name: 'Undo', run: () => void undo() });
}
