import type { AppState } from '../app-state.svelte.ts';

/** Takes the last change back; a notice says which it was. */
export async function undo({ undoHistory, notices }: AppState): Promise<void> {
  const { toUndo } = undoHistory;
  if (toUndo === null) return;
  await notices.attempt(() => undoHistory.undo());
  notices.show(`Taken back: ${toUndo}.`);
}

/** Makes the change again that was taken back last; a notice says which it was. */
export async function redo({ undoHistory, notices }: AppState): Promise<void> {
  const { toRedo } = undoHistory;
  if (toRedo === null) return;
  await notices.attempt(() => undoHistory.redo());
  notices.show(`Made again: ${toRedo}.`);
}
