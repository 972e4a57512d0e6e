/** How many dialogs lie over the page. */
export const openDialogs = $state({ count: 0 });

/** Shows a dialog over everything, for as long as it is there. */
export function showDialog(dialog: HTMLDialogElement): () => void {
  dialog.showModal();
  openDialogs.count += 1;
  return () => {
    openDialogs.count -= 1;
  };
}
