import { untrack } from 'svelte';

/** How many dialogs lie over the page. */
export const openDialogs = $state({ count: 0 });

/** Shows a dialog over everything, for as long as it is there. */
export function showDialog(dialog: HTMLDialogElement): () => void {
  dialog.showModal();
  count(1);
  return () => count(-1);
}

/** What shows a dialog must not begin anew when another one opens. */
function count(change: number): void {
  untrack(() => (openDialogs.count += change));
}
