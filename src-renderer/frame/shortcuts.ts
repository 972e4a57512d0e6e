import type { AppState } from '../state/app-state.svelte.ts';
import type { Place } from '../state/places.svelte.ts';

/** What the sheet shows; `handleShortcut` does it (the map's own keys live in the map). */
export const shortcutGroups = [
  {
    title: 'Everywhere',
    rows: [
      { keys: ['1', '2', '3'], does: 'Go to Library, Train, Explore' },
      { keys: ['/'], does: 'Search pictures by name or label' },
      { keys: ['Ctrl', 'K'], does: 'Go to or do anything by its name (also ⌘ K)' },
      { keys: ['Esc'], does: 'Close what is open, then clear selection and filters' },
      { keys: ['?'], does: 'Show this sheet' },
    ],
  },
  {
    title: 'Anchor',
    rows: [
      { keys: ['Alt', 'Left'], does: 'Back to the anchor before' },
      { keys: ['Alt', 'Right'], does: 'Forward again' },
      { keys: ['Enter'], does: 'Make the focused picture the anchor' },
      { keys: ['Space'], does: 'Show every number of the focused picture' },
      { keys: ['P'], does: 'Pin the anchor, or unpin it' },
    ],
  },
  {
    title: 'Map',
    rows: [
      { keys: ['Arrows'], does: 'Pan' },
      { keys: ['+', '−'], does: 'Zoom in and out' },
      { keys: ['0'], does: 'Fit everything' },
      { keys: ['V', 'L', 'R'], does: 'Pan, lasso, rectangle' },
      { keys: ['Shift'], does: 'While selecting: add' },
      { keys: ['Alt'], does: 'While selecting: remove' },
    ],
  },
] as const;

const placeKeys: Readonly<Record<string, Place>> = { 1: 'library', 2: 'train', 3: 'explore' };

/** Does what a key means anywhere in the window; text fields keep their keys. */
export function handleShortcut(event: KeyboardEvent, app: AppState): void {
  if (event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === 'k') togglePalette(event, app);
    return;
  }
  if (event.altKey) handleHistory(event, app);
  else if (event.key === 'Escape') handleEscape(app);
  else handlePlainKey(event, app);
}

function handlePlainKey(event: KeyboardEvent, app: AppState): void {
  if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return;
  const place = placeKeys[event.key];
  if (place) goTo(event, app, place);
  else if (event.key === '?') {
    event.preventDefault();
    app.places.isSheetOpen = true;
  } else if (event.key === '/') focusSearch(event);
  else if (event.key === 'p' && app.places.current === 'explore') pinAnchor(app);
}

function togglePalette(event: KeyboardEvent, { library, places }: AppState): void {
  const isBesideDialog = document.querySelector('dialog[open]') === null;
  if (!library.isOpen || !(places.isPaletteOpen || isBesideDialog)) return;
  event.preventDefault();
  places.isPaletteOpen = !places.isPaletteOpen;
}

function goTo(event: KeyboardEvent, app: AppState, place: Place): void {
  if (!app.library.isOpen) return;
  event.preventDefault();
  app.places.go(place);
}

function pinAnchor({ explanation, pins }: AppState): void {
  if (explanation.current) pins.toggle(explanation.current.anchor.hash);
}

function focusSearch(event: KeyboardEvent): void {
  const box = document.getElementById('search');
  if (!(box instanceof HTMLInputElement)) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function handleHistory(event: KeyboardEvent, app: AppState): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  event.preventDefault();
  if (event.key === 'ArrowLeft') app.anchor.back();
  else app.anchor.forward();
  void app.explainAnchor();
}

function handleEscape(app: AppState): void {
  if (app.places.isPaletteOpen) app.places.isPaletteOpen = false;
  else if (app.places.isSheetOpen) app.places.isSheetOpen = false;
  else if (app.explore.inspectedId !== null) app.explore.inspectedId = null;
  else if (app.explore.openBin !== null) app.explore.openBin = null;
  else if (app.focus.selection.size > 0 || app.focus.isFiltering) app.focus.clear();
  else {
    app.anchor.clear();
    void app.explainAnchor();
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.matches('input:not([type=range], [type=checkbox], [type=radio]), select, textarea') ||
      target.isContentEditable)
  );
}
