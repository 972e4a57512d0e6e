import type { AppState } from '../app-state.svelte.ts';
import type { Edit } from '../undo/undo-history.svelte.ts';

/** News of what was changed, taken back or made again replaces the news before it. */
export const changeTopic = 'change';

/** Takes the last change back, whatever page it was made on; a notice says which it was. */
export async function undo(app: AppState): Promise<void> {
  const { latest } = app.undoHistory;
  if (latest === null) app.notices.show('Nothing is left to take back.', undefined, changeTopic);
  else await takeBack(app, latest);
}

/** Takes one change back; in Review the pair of a verdict or a skip comes on screen again. */
export async function takeBack(app: AppState, edit: Edit): Promise<void> {
  const { notices, pages, review, runs, undoHistory, verdicts } = app;
  const step = verdicts.done.find((one) => one.edit === edit);
  await notices.attempt(() => undoHistory.takeBack(edit));
  notices.show(`Taken back: ${edit.name}.`, undefined, changeTopic);
  if (step === undefined || pages.current !== 'review') return;
  await notices.attempt(() => review.show(step.pair, runs.embeddedNumber));
}

/** Makes the change again that was taken back last; a notice says which it was. */
export async function redo({ undoHistory, notices }: AppState): Promise<void> {
  const { toRedo } = undoHistory;
  if (toRedo === null) {
    notices.show('Nothing is left to make again.', undefined, changeTopic);
    return;
  }
  await notices.attempt(() => undoHistory.redo());
  notices.show(`Made again: ${toRedo}.`, undefined, changeTopic);
}
