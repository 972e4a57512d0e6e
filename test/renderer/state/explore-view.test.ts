import { expect, it } from 'vitest';
import { ExploreView, listColumns } from '../../../src-renderer/state/explore-view.svelte.ts';

it('begins with a map, every bin, and the most similar first in the list', () => {
  const view = new ExploreView();
  expect([view.isList, view.openBin, view.inspectedId]).toEqual([false, null, null]);
  expect(view.listSorting).toEqual({ column: 'similarity', isDescending: true });
  expect(listColumns).toContain(view.listSorting.column);
});
