import { expect, it } from 'vitest';
import { usualNearThreshold } from '../../../src-main/contract/near-duplicates.ts';
import {
  libraryTabs,
  LibraryView,
  pictureOrders,
  tabTitles,
} from '../../../src-renderer/state/library-view.svelte.ts';

it('begins with all pictures as found, and the engine’s own threshold of near-duplicates', () => {
  const view = new LibraryView();
  expect([view.tab, view.order, view.isDescending, view.chosenId]).toEqual([
    ...[libraryTabs[0], pictureOrders[0], false, null],
  ]);
  expect(view.nearThreshold).toBe(usualNearThreshold);
  expect(new Set(libraryTabs.map((tab) => tabTitles[tab])).size).toBe(libraryTabs.length);
});
