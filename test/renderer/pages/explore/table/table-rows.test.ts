import { beforeEach, describe, expect, it } from 'vitest';
import {
  listRows,
  listWords,
  rowsByText,
  verdictText,
} from '../../../../../src-renderer/pages/explore/table/table-rows.ts';
import {
  evidenceText,
  evidenceWeight,
  negativeColumns,
} from '../../../../../src-renderer/pages/explore/table/negative-columns.ts';
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
  const rows = listRows(app, rowsByText(pictures, sorting), negativeColumns(app), sorting);
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

describe('the list of a selection', () => {
  it('has the selected pictures only, unless it is to have all', () => {
    app.focus.select([2, 4, 5], 'replace');
    expect(listed('name')).toEqual([4, 5, 2]);
    app.focus.toggleLabel('cat');
    expect(listed('name')).toEqual([5, 2]);
    app.explore.isListOfSelection = false;
    expect(listed('name')).toEqual([1, 5, 2]);
    app.focus.clear();
    app.explore.isListOfSelection = true;
    expect(listed('name')).toEqual(byName);
  });
});

describe('what the list tells of each row as a negative', () => {
  it('is that of the explanation, and nothing for the anchor itself', async () => {
    expect(negativeColumns(app).similarity.every(Number.isNaN)).toBe(true);
    await app.chooseAnchor(1);
    const { rank, similarity, share, evidence } = negativeColumns(app);
    expect([...similarity]).toEqual([NaN, 0.5, 0.75, 0.25, NaN, NaN]);
    expect([...rank]).toEqual([NaN, 2, 1, 3, NaN, NaN]);
    expect([...share]).toEqual([NaN, 0.25, 0.5, 0.25, NaN, NaN]);
    expect([...evidence]).toEqual([NaN, 0, 0, 0, NaN, NaN]);
  });

  it('is that which the training recorded where this is looked at', async () => {
    await app.chooseAnchor(1);
    await app.compareWith('training');
    const { rank, similarity, evidence } = negativeColumns(app);
    expect([...similarity]).toEqual([NaN, NaN, NaN, NaN, NaN, 0.875]);
    expect(rank[5]).toBe(1);
    expect(evidence.every(Number.isNaN)).toBe(true);
  });

  it('sorts, what is no candidate last either way', async () => {
    await app.chooseAnchor(1);
    expect(listed('rank').slice(0, 3)).toEqual([3, 2, 4]);
    expect(listed('rank', true).slice(0, 3)).toEqual([4, 2, 3]);
    expect(listed('share', true)[0]).toBe(3);
  });

  it('has evidence in words, the surest first when sorted', () => {
    const [label, neighbours, same, different] = [1, 2, 4, 8];
    expect([0, label + neighbours, same, different + label].map(evidenceText)).toEqual([
      ...['', 'label, neighbours', 'judged same', 'judged different, label'],
    ]);
    expect(evidenceText(NaN)).toBe('');
    const bits = [same, label + neighbours, label, neighbours, 0, different + label, different];
    const weights = bits.map(evidenceWeight);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(new Set(weights).size).toBe(bits.length);
  });
});
