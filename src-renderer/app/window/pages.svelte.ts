import type { ExportTable } from '../../../src-main/contract/exports.ts';
import type { PageName } from '../../../src-main/contract/pages.ts';

/** What the export dialog begins with. */
export interface ExportWish {
  readonly run?: number;
  readonly what?: ExportTable | 'mined';
}

/** The path to look into at once, and what to say before a choice; empty for neither. */
export interface EncoderWish {
  readonly path: string;
  readonly note: string;
}

/** Who has pressed nothing for so long is not in the middle of something. */
const quietMs = 5000;

/** Which page is on screen, and whether the shortcut sheet or the palette lies over it. */
export class Pages {
  current = $state<PageName>('library');
  wasExplored = $state(false);
  wasCompared = $state(false);
  isSheetOpen = $state(false);
  isPaletteOpen = $state(false);
  isChoosingFolder = $state(false);
  isChoosingLibrary = $state(false);
  /** The folder (by path) whose new place is chosen; null while that dialog is closed. */
  movingFolder = $state<string | null>(null);
  /** Whose backups are shown: the open library's, or those of the one that was to be opened last. */
  backupsOf = $state<'open' | 'wanted' | null>(null);
  /** What the export dialog was opened for; null while it is closed. */
  exporting = $state.raw<ExportWish | null>(null);
  isImporting = $state(false);
  /** The dialogs of the desktop app: where the engine runs, and the preferences. */
  isChoosingEngine = $state(false);
  isShowingPreferences = $state(false);
  /** The pictures (by id) that the dialog for labels was opened for; null while it is closed. */
  labelling = $state.raw<readonly number[] | null>(null);
  /** What the dialog for encoders was opened with; null while it is closed. */
  addingEncoder = $state.raw<EncoderWish | null>(null);
  /**
   * The job (by number) whose end an open dialog shows, or the one that it is about to start: no
   * notice shows it.
   */
  watchedJob = $state<number | 'next' | null>(null);

  /** When a key or a pointer was last pressed, in milliseconds since 1970. */
  #lastPress = 0;

  /** The page that the user went to; null while the window has only begun somewhere. */
  chosen = $state<PageName | null>(null);

  /** Notes that a key or a pointer was pressed. */
  notePress(): void {
    this.#lastPress = Date.now();
  }

  /** Whether nothing was pressed for a while, so that another page may be shown. */
  get isQuiet(): boolean {
    return Date.now() - this.#lastPress > quietMs;
  }

  /** Closes every dialog that lies over the pages: those of another library say nothing of this one. */
  closeDialogs(): void {
    this.isSheetOpen = false;
    this.isPaletteOpen = false;
    this.isChoosingFolder = false;
    this.isChoosingLibrary = false;
    this.movingFolder = null;
    this.backupsOf = null;
    this.isImporting = false;
    this.exporting = null;
    this.labelling = null;
    this.addingEncoder = null;
  }

  go(page: PageName): void {
    this.chosen = page;
    this.#show(page);
  }

  /** Shows a page that nobody asked for. */
  begin(page: PageName): void {
    this.chosen = null;
    this.#show(page);
  }

  #show(page: PageName): void {
    this.current = page;
    if (page === 'explore') this.wasExplored = true;
    if (page === 'compare') this.wasCompared = true;
  }
}
