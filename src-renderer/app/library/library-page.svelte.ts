import type { NearOrder } from './near-order.ts';

export const libraryTabs = [
  'pictures',
  'duplicates',
  'near',
  'labels',
  'blank',
  'notes',
  'skipped',
] as const;
export type LibraryTab = (typeof libraryTabs)[number];
/** What each tab is called on screen. */
export const tabTitles: Readonly<Record<LibraryTab, string>> = {
  pictures: 'Pictures',
  duplicates: 'Duplicates',
  near: 'Near-duplicates',
  labels: 'Label conflicts',
  blank: 'Blank',
  notes: 'Notes',
  skipped: 'Skipped',
};

export const pictureOrders = ['found', 'path', 'name', 'label', 'size'] as const;
export type PictureOrder = (typeof pictureOrders)[number];

/** What the Library shows: which tab, in which order, and the picture whose details are open. */
export class LibraryPageState {
  tab = $state<LibraryTab>('pictures');
  order = $state<PictureOrder>('found');
  isDescending = $state(false);
  chosenId = $state<number | null>(null);
  /** Of near-duplicates, as a part of the median distance to the nearest picture. */
  nearThreshold = $state(0.13);
  nearOrder = $state<NearOrder>('similar');
}
