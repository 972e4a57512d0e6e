import type { SameLabel } from '../../../src-main/contract/same-label.ts';
import type { AppState } from '../app-state.svelte.ts';

/** Chooses what Review makes of pairs of one label, as an edit of the undo history. */
export async function chooseSameLabel(app: AppState, sameLabel: SameLabel): Promise<void> {
  const { connection, review, undoHistory } = app;
  const put = async (chosen: SameLabel): Promise<boolean> => {
    const input = { sameLabel: chosen };
    const saved = await app.attempt(() => connection.call('verdicts.setSameLabel', input));
    review.readAgain();
    return saved !== null;
  };
  if (!(await put(sameLabel))) return;
  undoHistory.add({
    name: 'the choice of what one label says',
    undo: () => put(sameLabel === 'settled' ? 'asked' : 'settled'),
    redo: () => put(sameLabel),
  });
}
