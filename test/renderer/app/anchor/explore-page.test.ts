import { expect, it } from 'vitest';
import {
  ExplorePageState,
  listColumns,
} from '../../../../src-renderer/app/anchor/explore-page.svelte.ts';

it('begins with a map, every bin, and the most similar first in the list', () => {
  const page = new ExplorePageState();
  expect([page.isList, page.openBin, page.inspectedId]).toEqual([false, null, null]);
  expect(page.listSorting).toEqual({ column: 'similarity', isDescending: true });
  expect(listColumns).toContain(page.listSorting.column);
});
