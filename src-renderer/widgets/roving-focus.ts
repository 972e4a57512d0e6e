import { gridStep } from './grid-keys.ts';

/**
 * Makes the buttons of a list one stop of the Tab key: arrows, Home and End go from one to the next,
 * and Tab comes back to the one that had the focus last. Returns what undoes it.
 */
export function rovingFocus(list: HTMLElement): () => void {
  let current: HTMLElement | null = null;
  const buttons = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('button')];

  function mark(): void {
    const all = buttons();
    if (current === null || !all.includes(current)) current = all[0] ?? null;
    for (const button of all) {
      const wanted = button === current ? 0 : -1;
      if (button.tabIndex !== wanted) button.tabIndex = wanted;
    }
  }

  function focus({ target }: FocusEvent): void {
    const button = buttons().find((one) => one === target);
    if (!button) return;
    current = button;
    mark();
  }

  function press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = buttons();
    const at = all.findIndex((one) => one === event.target);
    const step = gridStep(event.key, { count: all.length, columns: 1, visibleRows: 10 });
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
  }

  mark();
  const changes = new MutationObserver(mark);
  changes.observe(list, { childList: true, subtree: true });
  list.addEventListener('focusin', focus);
  list.addEventListener('keydown', press);
  return () => {
    changes.disconnect();
    list.removeEventListener('focusin', focus);
    list.removeEventListener('keydown', press);
  };
}
