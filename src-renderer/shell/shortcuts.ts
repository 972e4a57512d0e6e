import { lassoKeys } from '../map/input/lasso.ts';
import { mapKeys } from '../map/input/map-keys.ts';
import { compareShortcuts } from '../pages/compare/compare-shortcuts.ts';
import { runKeys } from '../pages/compare/runs/run-keys.ts';
import { mapToolKeys } from '../map/input/map-tool-keys.ts';
import { tileKeys } from '../pages/explore/negatives/tile-keys.ts';
import { redo, undo } from '../app/actions/undo.ts';
import { windowActions } from '../app/actions/window-actions.ts';
import type { AppState } from '../app/app-state.svelte.ts';
import { pageNames, pageTitles } from '../../src-main/contract/pages.ts';
import { splitterKeys } from '../widgets/splitter-keys.ts';
import { gridKeys } from '../widgets/grid-keys.ts';
import { judgingShortcuts } from './judging-keys.ts';
import {
  isCommand,
  isInDialog,
  isPlain,
  isTyping,
  type Shortcut,
  type ShortcutRow,
} from '../app/shortcuts/shortcut.ts';

const everywhere: readonly Shortcut[] = [
  {
    keys: pageNames.map((_, index) => String(index + 1)),
    does: `Go to ${pageNames.map((page) => pageTitles[page]).join(', ')}`,
    matches: (event, { library }) =>
      library.isOpen && isPlain(event, ...pageNames.map((_, index) => String(index + 1))),
    run: ({ pages }, { key }) => {
      const page = pageNames[Number(key) - 1];
      if (page) pages.go(page);
    },
  },
  {
    keys: ['/'],
    does: 'Search pictures by name or label',
    matches: (event, { library }) => library.isOpen && isPlain(event, '/'),
    run: windowActions.find,
  },
  {
    keys: ['Ctrl', 'K'],
    does: 'Go to or do anything by its name (also ⌘ K)',
    matches: (event, { library, pages }) =>
      isCommand(event, 'k') && library.isOpen && (pages.isPaletteOpen || !isInDialog()),
    run: ({ pages }) => (pages.isPaletteOpen = !pages.isPaletteOpen),
  },
  {
    keys: ['Ctrl', 'Z'],
    does: 'Take the last change back, made on whatever page: verdicts, labels, filters, selection, pins, knobs, runs',
    matches: (event) => isCommand(event, 'z') && !isTyping(event.target) && !isInDialog(),
    run: (app) => void undo(app),
  },
  {
    keys: ['Ctrl', 'Shift', 'Z'],
    does: 'Make it again (also Ctrl Y)',
    matches: (event) =>
      (isCommand(event, 'z', true) || isCommand(event, 'y')) &&
      !isTyping(event.target) &&
      !isInDialog(),
    run: (app) => void redo(app),
  },
  {
    keys: ['Esc'],
    does: 'Close what is open, then clear selection and filters, then leave the anchor',
    // The browser closes a dialog by Escape, and nothing behind it.
    matches: ({ key }) => key === 'Escape' && !isInDialog(),
    run: leaveWhatIsOpen,
    isShared: true,
  },
  {
    keys: ['?'],
    does: 'Show this sheet',
    matches: (event) => isPlain(event, '?'),
    run: windowActions['shortcut-sheet'],
  },
];

const exploreShortcuts: readonly Shortcut[] = [
  {
    keys: ['T'],
    does: 'The pictures as a table, or as the map again',
    matches: (event, { pages }) => pages.current === 'explore' && isPlain(event, 't'),
    run: ({ explore }) => (explore.isList = !explore.isList),
  },
];

const anchorShortcuts: readonly Shortcut[] = [
  {
    keys: ['Alt', 'Left'],
    does: 'Back to the anchor before',
    matches: ({ altKey, key }) => altKey && key === 'ArrowLeft',
    run: (app) => {
      app.anchor.back();
      void app.explainAnchor();
    },
  },
  {
    keys: ['Alt', 'Right'],
    does: 'Forward again',
    matches: ({ altKey, key }) => altKey && key === 'ArrowRight',
    run: (app) => {
      app.anchor.forward();
      void app.explainAnchor();
    },
  },
  {
    keys: ['P'],
    does: 'Pin the anchor, or unpin it',
    matches: (event, { pages }) => pages.current === 'explore' && isPlain(event, 'p'),
    run: ({ explanation, pins }) => {
      if (explanation.current) pins.toggle(explanation.current.anchor.hash);
    },
  },
];

/** What the sheet shows: each row stands in the table that its handler reads. */
export const shortcutGroups: readonly {
  readonly title: string;
  readonly rows: readonly ShortcutRow[];
}[] = [
  { title: 'Everywhere', rows: everywhere },
  { title: 'Anchor', rows: [...anchorShortcuts, ...tileKeys] },
  {
    title: 'Judging: pairs in Review, in Explore the negative in whose details the focus is',
    rows: judgingShortcuts,
  },
  { title: 'Map', rows: [...exploreShortcuts, ...mapKeys, ...mapToolKeys, ...lassoKeys] },
  { title: 'Compare', rows: [...runKeys, ...compareShortcuts] },
  { title: 'Lists of pictures', rows: gridKeys },
  { title: 'Between panels', rows: splitterKeys },
];

/** Does what a key means anywhere in the window; text fields keep their keys. */
export function handleShortcut(event: KeyboardEvent, app: AppState): void {
  if (event.defaultPrevented) return;
  const tables = [
    judgingShortcuts,
    everywhere,
    exploreShortcuts,
    anchorShortcuts,
    compareShortcuts,
  ];
  const shortcut = tables.flat().find((one) => one.matches(event, app));
  if (!shortcut) return;
  if (!shortcut.isShared) event.preventDefault();
  shortcut.run(app, event);
}

function leaveWhatIsOpen(app: AppState): void {
  const { focus, libraryPage, pages, review } = app;
  if (pages.isPaletteOpen) pages.isPaletteOpen = false;
  else if (pages.isSheetOpen) pages.isSheetOpen = false;
  else if (pages.current === 'review') review.openConflict = null;
  else if (pages.current === 'library' && libraryPage.chosenId !== null)
    libraryPage.chosenId = null;
  else if (pages.current === 'train') return;
  else if (pages.current === 'explore' && leaveExploreSheet(app)) return;
  else if (focus.selection.size > 0 || focus.isFiltering) focus.clear();
  else {
    app.anchor.clear();
    void app.explainAnchor();
  }
}

/** Closes what lies over the map or the bins; false where nothing does. */
function leaveExploreSheet({ explore }: AppState): boolean {
  if (explore.isLayoutSheetOpen) explore.isLayoutSheetOpen = false;
  else if (explore.inspectedId !== null) explore.inspectedId = null;
  else if (explore.openBin !== null) explore.openBin = null;
  else return false;
  return true;
}
