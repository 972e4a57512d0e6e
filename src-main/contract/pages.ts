/** The pages of the window, in the order of the rail and of their keys 1, 2 …. */
export const pageNames = ['library', 'train', 'explore', 'review', 'compare'] as const;
export type PageName = (typeof pageNames)[number];

/** What each page is called on screen. */
export const pageTitles = {
  library: 'Library',
  train: 'Train',
  explore: 'Explore',
  review: 'Review',
  compare: 'Compare',
} as const satisfies Record<PageName, string>;
