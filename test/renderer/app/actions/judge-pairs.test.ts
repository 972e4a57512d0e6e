import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  judgeSelectionSame,
  reviewSelection,
} from '../../../../src-renderer/app/actions/judge-pairs.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { selectionRows } from '../../../../src-renderer/pages/explore/selection/selection-rows.ts';
import { openLibraryWindow } from '../../library-window.ts';
import { verdictOf } from '../../verdict-of.ts';

let app: AppState;
let sent: unknown[];
beforeEach(async () => {
  sent = [];
  ({ app } = await openLibraryWindow({
    'verdicts.list': () => [verdictOf('hash2', 'hash5', 'different')],
    'verdicts.change': ({ changes }) => {
      sent.push(...changes.map(({ pair, verdict }) => [...pair, verdict]));
      return {};
    },
    'pictures.marks': () => ({ tags: [{ tag: 'odd', hashes: ['hash5'] }], leftOut: ['hash2'] }),
  }));
  app.focus.select([5, 2, 3, 4], 'replace');
});
afterEach(() => vi.unstubAllGlobals());

const offered = (): string[] =>
  app.review.pairs.map((pair) => pair.anchor.hash + pair.candidate.hash);

it('judges all of a selection the same, in one edit, but for what was judged otherwise', async () => {
  judgeSelectionSame(app);
  await app.verdicts.saved;
  expect(sent).toEqual([
    ['hash2', 'hash3', 'same'],
    ['hash2', 'hash4', 'same'],
    ['hash3', 'hash4', 'same'],
    ['hash3', 'hash5', 'same'],
    ['hash4', 'hash5', 'same'],
  ]);
  expect(app.notices.list.map(({ text }) => text)).toEqual([
    '5 pairs marked as the same thing. 1 pair judged otherwise stays so.',
  ]);
  expect(app.undoHistory.toUndo).toBe('5 verdicts on the selection');
});

it('judges a ring of them the same where verdicts pass on in firm groups', async () => {
  app.judged.passOn = { passOn: 'groups', isChosen: true };
  app.focus.select([1, 3, 4], 'replace');
  judgeSelectionSame(app);
  await app.verdicts.saved;
  expect(sent).toEqual([
    ['hash1', 'hash3', 'same'],
    ['hash3', 'hash4', 'same'],
    ['hash4', 'hash1', 'same'],
  ]);
});

it('offers every two of them in Review, or each with the anchor', async () => {
  app.focus.select([2, 3, 4], 'replace');
  reviewSelection(app, false);
  expect(offered()).toEqual(['hash2hash3', 'hash2hash4', 'hash3hash4']);
  expect(app.pages.current).toBe('review');
  await app.chooseAnchor(1);
  app.focus.select([1], 'add');
  reviewSelection(app, true);
  expect(offered()).toEqual(['hash1hash2', 'hash1hash3', 'hash1hash4']);
});

it('is written as rows with what is known of each picture', async () => {
  await app.chooseAnchor(1);
  const rows = selectionRows(app);
  expect(rows.map(({ hash }) => hash)).toEqual(['hash2', 'hash3', 'hash4', 'hash5']);
  expect(rows[0]).toEqual({
    ...{ hash: 'hash2', path: 'cats/two.png', label: 'cat', tags: '', left_out: 'true' },
    ...{ bin: 'false', rank: 2, similarity: 0.5, share: 0.25, evidence: '' },
  });
  expect(rows[3]).toMatchObject({ tags: 'odd', left_out: 'false', bin: '', rank: '' });
});
