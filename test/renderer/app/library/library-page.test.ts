import { expect, it } from 'vitest';
import { usualNearThreshold } from '../../../../src-main/contract/near-duplicates.ts';
import {
  libraryTabs,
  LibraryPageState,
  pictureOrders,
  tabTitles,
} from '../../../../src-renderer/app/library/library-page.svelte.ts';

it('begins with all pictures as found, and the engine’s own threshold of near-duplicates', () => {
  const page = new LibraryPageState();
  expect([page.tab, page.order, page.isDescending, page.chosenId]).toEqual([
    ...[libraryTabs[0], pictureOrders[0], false, null],
  ]);
  expect(page.nearThreshold).toBe(usualNearThreshold);
  expect(new Set(libraryTabs.map((tab) => tabTitles[tab])).size).toBe(libraryTabs.length);
});
