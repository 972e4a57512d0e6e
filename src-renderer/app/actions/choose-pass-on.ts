import type { PassOn } from '../../../src-main/contract/pass-on.ts';
import type { AppState } from '../app-state.svelte.ts';

/** Chooses how verdicts pass on, as an edit of the undo history where that changes anything. */
export async function choosePassOn(app: AppState, passOn: PassOn): Promise<void> {
  const { judged, undoHistory } = app;
  const before = judged.passOn.passOn;
  const put = (chosen: PassOn): Promise<unknown> => app.attempt(() => judged.setPassOn(chosen));
  await put(passOn);
  if (judged.passOn.passOn === before) return;
  undoHistory.add({
    name: 'the choice of how verdicts pass on',
    undo: () => put(before),
    redo: () => put(passOn),
  });
}
