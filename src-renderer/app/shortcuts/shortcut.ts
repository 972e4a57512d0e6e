import type { AppState } from '../app-state.svelte.ts';

/** A row of the shortcut sheet. */
export interface ShortcutRow {
  /** As they stand on the keys. */
  readonly keys: readonly string[];
  /** What they do, as an order. */
  readonly does: string;
}

/** A row that works anywhere in the window. */
export interface Shortcut extends ShortcutRow {
  /** Whether a press is this one, as the window is now. */
  matches(event: KeyboardEvent, app: AppState): boolean;
  run(app: AppState, event: KeyboardEvent): void;
  /** Leaves the press to the browser too: a dialog closes by Escape. */
  readonly isShared?: true;
}

/** A key by itself, which text fields and dialogs keep for themselves. */
export function isPlain(event: KeyboardEvent, ...keys: readonly string[]): boolean {
  const isModified = event.ctrlKey || event.metaKey || event.altKey;
  return !isModified && keys.includes(event.key) && !isTyping(event.target) && !isInDialog();
}

/** A letter with Ctrl, or with ⌘ on a Mac. */
export function isCommand(event: KeyboardEvent, letter: string, isShifted = false): boolean {
  const isHeld = (event.ctrlKey || event.metaKey) && !event.altKey;
  return isHeld && event.shiftKey === isShifted && event.key.toLowerCase() === letter;
}

export function isInDialog(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/** Whether keys are text where the focus is. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.matches('input:not([type=range], [type=checkbox], [type=radio]), select, textarea') ||
      target.isContentEditable)
  );
}
