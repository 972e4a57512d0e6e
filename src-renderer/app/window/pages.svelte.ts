import type { ExportTable } from '../../../src-main/contract/exports.ts';

export const pageNames = ['library', 'train', 'explore', 'review', 'compare'] as const;
/** What each page is called on screen, in the order of the rail and of its keys. */
export const pageTitles = {
  library: 'Library',
  train: 'Train',
  explore: 'Explore',
  review: 'Review',
  compare: 'Compare',
} as const satisfies Record<(typeof pageNames)[number], string>;
type PageName = (typeof pageNames)[number];

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

/** Which page is on screen, and whether the shortcut sheet or the palette lies over it. */
export class Pages {
  current = $state<PageName>('library');
  wasExplored = $state(false);
  wasCompared = $state(false);
  isSheetOpen = $state(false);
  isPaletteOpen = $state(false);
  isChoosingFolder = $state(false);
  isChoosingLibrary = $state(false);
  /** What the export dialog was opened for; null while it is closed. */
  exporting = $state.raw<ExportWish | null>(null);
  isImporting = $state(false);
  /** The pictures (by id) that the dialog for labels was opened for; null while it is closed. */
  labelling = $state.raw<readonly number[] | null>(null);
  /** What the dialog for encoders was opened with; null while it is closed. */
  addingEncoder = $state.raw<EncoderWish | null>(null);
  /**
   * The job (by number) whose end an open dialog shows, or the one that it is about to start: no
   * notice shows it.
   */
  watchedJob = $state<number | 'next' | null>(null);

  /** The page that the user went to; null while the window has only begun somewhere. */
  chosen = $state<PageName | null>(null);

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
