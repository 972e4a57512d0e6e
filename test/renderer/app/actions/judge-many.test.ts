import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SameLabel } from '../../../../src-main/contract/same-label.ts';
import type { VerdictQueue } from '../../../../src-main/contract/verdict-queue.ts';
import { chooseSameLabel } from '../../../../src-renderer/app/actions/choose-same-label.ts';
import {
  judgeSelectionDifferent,
  judgeWithAnchor,
  pairsWithAnchor,
} from '../../../../src-renderer/app/actions/judge-pairs.ts';
import { answerPair } from '../../../../src-renderer/app/actions/judging.ts';
import { undo } from '../../../../src-renderer/app/actions/undo.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { openLibraryWindow } from '../../library-window.ts';
import { queuedPair } from '../../queued-pair.ts';
import { verdictOf } from '../../verdict-of.ts';

const queue: VerdictQueue = {
  ...{ source: 'explanation', space: 'z', leftOut: 0, remark: '' },
  settledByLabel: { pairs: 4, of: 15 },
  pairs: [queuedPair('hash1', 'hash3', { alike: 2 }), queuedPair('hash1', 'hash4')],
};
const picture = (number: number) => ({ hash: `hash${number}`, path: `${number}.png` });

let app: AppState;
let sent: unknown[];
let rules: SameLabel[];
beforeEach(async () => {
  sent = [];
  rules = [];
  ({ app } = await openLibraryWindow({
    'verdicts.list': () => [verdictOf('hash1', 'hash2', 'same')],
    'verdicts.queue': () => queue,
    'verdicts.alike': () => ({
      pairs: [
        [picture(2), picture(3)],
        [picture(5), picture(3)],
      ],
    }),
    'verdicts.change': ({ changes }) => {
      sent.push(...changes.map(({ pair, verdict }) => [...pair, verdict]));
      return {};
    },
    'verdicts.setSameLabel': ({ sameLabel }) => {
      rules.push(sameLabel);
      return { sameLabel };
    },
  }));
});
afterEach(() => vi.unstubAllGlobals());

const news = (): string | undefined => app.notices.list.at(-1)?.text;

it('judges pictures with the anchor in one edit, but for itself and what was judged', async () => {
  await app.chooseAnchor(1);
  expect(pairsWithAnchor(app, [1, 2, 3, 4, 99])).toHaveLength(3);
  judgeWithAnchor(app, [1, 2, 3, 4, 99], 'different');
  await app.verdicts.saved;
  expect(sent).toEqual([
    ['hash1', 'hash3', 'different'],
    ['hash1', 'hash4', 'different'],
  ]);
  expect(news()).toBe('2 pairs marked as different. 1 pair judged otherwise stays so.');
  await undo(app);
  await app.verdicts.saved;
  expect(sent.slice(2)).toEqual([
    ['hash1', 'hash3', null],
    ['hash1', 'hash4', null],
  ]);
});

it('judges nothing without an anchor', () => {
  expect(pairsWithAnchor(app, [2, 3])).toEqual([]);
});

it('judges every two of a selection different in one edit', async () => {
  app.focus.select([2, 3, 4], 'replace');
  judgeSelectionDifferent(app);
  await app.verdicts.saved;
  expect(sent).toEqual([
    ['hash2', 'hash3', 'different'],
    ['hash2', 'hash4', 'different'],
    ['hash3', 'hash4', 'different'],
  ]);
  expect(app.undoHistory.toUndo).toBe('3 verdicts on the selection');
});

it('judges a pair and those like it in one edit, and goes on to the next', async () => {
  app.pages.go('review');
  await app.review.load(1);
  app.review.isForAlike = true;
  answerPair(app, 'different');
  await vi.waitFor(() => expect(app.review.current?.candidate.hash).toBe('hash4'));
  await app.verdicts.saved;
  expect(sent).toEqual([
    ['hash1', 'hash3', 'different'],
    ['hash2', 'hash3', 'different'],
    ['hash5', 'hash3', 'different'],
  ]);
  expect(app.undoHistory.toUndo).toBe('3 verdicts on near-duplicates');
  expect(app.verdicts.news?.text).toMatch(/ and 2 more like it: 3 pairs judged different\.$/);
  // The next pair has none like it, and is judged by itself.
  expect(app.review.isForAlike).toBe(false);
  await undo(app);
  await app.verdicts.saved;
  expect(sent).toHaveLength(6);
});

it('chooses what one label says, and takes the choice back; the queue is read again', async () => {
  await app.review.load(1);
  expect(app.review.settledByLabel).toEqual({ pairs: 4, of: 15 });
  await chooseSameLabel(app, 'asked');
  expect([rules, app.review.wish - app.review.answered]).toEqual([['asked'], 1]);
  await app.review.load(1);
  expect(app.review.answered).toBe(app.review.wish);
  await undo(app);
  expect(rules).toEqual(['asked', 'settled']);
});
