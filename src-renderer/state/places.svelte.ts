import type { ExportTable } from '../../src-main/contract/exports.ts';

export const placeNames = ['library', 'train', 'explore', 'review', 'compare'] as const;
/** What each place is called on screen, in the order of the rail and of its keys. */
export const placeTitles = {
  library: 'Library',
  train: 'Train',
  explore: 'Explore',
  review: 'Review',
  compare: 'Compare',
} as const satisfies Record<(typeof placeNames)[number], string>;
export type Place = (typeof placeNames)[number];

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

/** Which place is on screen, and whether the shortcut sheet or the palette lies over it. */
export class Places {
  current = $state<Place>('library');
  wasExplored = $state(false);
  wasCompared = $state(false);
  isSheetOpen = $state(false);
  isPaletteOpen = $state(false);
  isChoosingFolder = $state(false);
  /** What the export dialog was opened for; null while it is closed. */
  exporting = $state.raw<ExportWish | null>(null);
  isImporting = $state(false);
  /** What the dialog for encoders was opened with; null while it is closed. */
  addingEncoder = $state.raw<EncoderWish | null>(null);
  /** The job whose end an open dialog tells, or the one that it is about to start: no notice does. */
  watchedJob = $state<number | 'next' | null>(null);

  /** The place that the user went to; null while the window has only begun somewhere. */
  chosen = $state<Place | null>(null);

  go(place: Place): void {
    this.chosen = place;
    this.#show(place);
  }

  /** Shows a place that nobody asked for. */
  begin(place: Place): void {
    this.chosen = null;
    this.#show(place);
  }

  #show(place: Place): void {
    this.current = place;
    if (place === 'explore') this.wasExplored = true;
    if (place === 'compare') this.wasCompared = true;
  }
}
