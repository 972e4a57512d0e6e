/** Gives the focus to the page that is on screen: the keys that are pressed next are for it. */
export function focusPage(): void {
  document.querySelector<HTMLElement>('main')?.focus();
}
