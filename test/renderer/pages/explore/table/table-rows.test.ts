import { beforeEach, describe, expect, it } from 'vitest';
import {
  listRows,
  listWords,
  rowsByText,
  similarityByRow,
  verdictText,
} from '../../../../../src-renderer/pages/explore/table/table-rows.ts';
import type { AppState } from '../../../../../src-renderer/app/app-state.svelte.ts';
import {
  listColumns,
  type ListColumn,
} from '../../../../../src-renderer/app/anchor/explore-page.svelte.ts';
import { ledgerOf } from '../../../ledger-of.ts';
import { openLibraryWindow, pictures } from '../../../library-window.ts';
import { verdictOf } from '../../../verdict-of.ts';

let app: AppState;

beforeEach(async () => {
  ({ app } = await openLibraryWindow({
    'verdicts.list': () => [verdictOf('hash4', 'hash5', 'same')],
    'anchor.ledger': () => ledgerOf(3, [3], [{ id: 6, similarity: 0.875 }]),
  }));
});

/** The ids of the list, sorted by a column. */
function listed(column: ListColumn, isDescending = false): number[] {
  const sorting = { column, isDescending };
  const rows = listRows(app, rowsByText(pictures, sorting), similarityByRow(app), sorting);
  return [...rows].map((row) => pictures.idAt(row));
}

/** Names in order: anchor (1), four (4), odd (6), ten (5), three (3), two (2). */
const byName = [1, 4, 6, 5, 3, 2];

describe('the list of the pictures', () => {
  it('is by name or by label, either way', () => {
    expect(listed('name')).toEqual(byName);
    expect(listed('name', true)).toEqual(byName.toReversed());
    // Within a label by path; what has none comes last.
    expect(listed('label')).toEqual([1, 5, 2, 4, 3, 6]);
    expect(Object.keys(listWords).sort()).toEqual([...listColumns].sort());
  });

  it('is by similarity to the anchor, what is no candidate last either way and by name', async () => {
    await app.chooseAnchor(1);
    expect(listed('similarity', true)).toEqual([3, 2, 4, 1, 6, 5]);
    expect(listed('similarity')).toEqual([4, 2, 3, 1, 6, 5]);
  });

  it('is by bin, hard ones first', async () => {
    await app.chooseAnchor(1);
    expect(listed('bin').slice(0, 3)).toEqual([3, 2, 4]);
    expect(listed('bin', true).slice(0, 3)).toEqual([4, 2, 3]);
  });

  it('is by verdict, what was not judged last', () => {
    expect(listed('verdict').slice(0, 2)).toEqual([4, 5]);
    expect(listed('verdict', true).slice(0, 2)).toEqual([4, 5]);
    const text = (id: number): string => verdictText(app, pictures.rowOf(id));
    expect([text(4), text(1)]).toEqual(['same thing', '']);
  });

  it('holds only what is on the map and what the filters keep', () => {
    app.focus.toggleLabel('dog');
    expect(listed('name')).toEqual([4, 3]);
    app.runs.map = { ...app.runs.map!, ids: Uint32Array.of(1, 3) };
    expect(listed('name')).toEqual([3]);
    app.focus.clear();
    expect(listed('name')).toEqual([1, 3]);
    app.runs.map = null;
    expect(listed('name')).toEqual([]);
  });
});

describe('the similarity of each row', () => {
  it('is that of the explanation, and none for the anchor itself', async () => {
    expect(similarityByRow(app).every(Number.isNaN)).toBe(true);
    await app.chooseAnchor(1);
    expect([...similarityByRow(app)]).toEqual([NaN, 0.5, 0.75, 0.25, NaN, NaN]);
  });

  it('is that which the training recorded where this is looked at', async () => {
    await app.chooseAnchor(1);
    await app.compareWith('training');
    expect([...similarityByRow(app)]).toEqual([NaN, NaN, NaN, NaN, NaN, 0.875]);
  });
});
