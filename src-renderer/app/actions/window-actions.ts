import type { WindowAction } from '../../../src-main/contract/desktop-menu.ts';
import type { AppState } from '../app-state.svelte.ts';
import { chooseFolder, chooseLibrary } from './choose-folder.ts';

/** What keys, the palette and the desktop's menu do alike. */
export const windowActions: Readonly<Record<WindowAction, (app: AppState) => void>> = {
  'choose-folder': (app) => void chooseFolder(app),
  'choose-library': (app) => void chooseLibrary(app),
  'choose-engine': ({ pages }) => (pages.isChoosingEngine = true),
  preferences: ({ pages }) => (pages.isShowingPreferences = true),
  import: ({ pages }) => (pages.isImporting = true),
  export: ({ pages }) => (pages.exporting = {}),
  find: goToSearch,
  palette: ({ pages }) => (pages.isPaletteOpen = true),
  'shortcut-sheet': ({ pages }) => (pages.isSheetOpen = true),
};

function goToSearch(): void {
  const box = document.getElementById('search');
  if (!(box instanceof HTMLInputElement)) return;
  box.focus();
  box.select();
}
