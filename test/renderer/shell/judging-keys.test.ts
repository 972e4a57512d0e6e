import { beforeEach, describe, expect, it } from 'vitest';
import type { VerdictQueue } from '../../../src-main/contract/verdict-queue.ts';
import { handleShortcut } from '../../../src-renderer/shell/shortcuts.ts';
import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import { keyPress } from '../key-press.ts';
import { openLibraryWindow } from '../library-window.ts';
import { PageElement } from '../page-element.ts';
import { queuedPair } from '../queued-pair.ts';
import { verdictOf } from '../verdict-of.ts';
import type { WindowStandIn } from '../window-stand-in.ts';

const queue: VerdictQueue = {
  ...{ source: 'explanation', space: 'z', leftOut: 0, settledByLabel: null, remark: '' },
  pairs: [queuedPair('hash1', 'hash2'), queuedPair('hash3', 'hash4'), queuedPair('hash5', 'hash6')],
};

let app: AppState;
let page: WindowStandIn;
let saved: unknown[] = [];

beforeEach(async () => {
  saved = [];
  ({ app, page } = await openLibraryWindow({
    'verdicts.queue': () => queue,
    'verdicts.set': ({ pair: [first, second], verdict, note = '', time = '' }) => {
      saved.push([first, second, verdict]);
      return verdictOf(first, second, verdict, { note, time });
    },
    'verdicts.change': ({ changes }) => {
      saved.push(...changes.map(({ pair, verdict }) => [...pair, verdict]));
      return {};
    },
    'verdicts.alike': () => ({
      pairs: [['hash1', 'hash6'].map((hash) => ({ hash, path: null })) as never],
    }),
    'verdicts.remove': ({ pair: [first, second] }) => {
      saved.push([first, second, 'none']);
      return { removed: true };
    },
  }));
});

function press(...[key, more]: Parameters<typeof keyPress>): boolean {
  const event = keyPress(key, more);
  handleShortcut(event, app);
  return event.defaultPrevented;
}

const shown = (): string | undefined => app.review.current?.anchor.hash;

async function openReview(): Promise<void> {
  app.pages.go('review');
  await app.review.load(2);
}

describe('keys in Review', () => {
  it.each([
    ['f', 'same'],
    ['T', 'different'],
    ['u', 'unsure'],
  ])('%s judges the pair %s and goes on to the next', async (key, verdict) => {
    await openReview();
    expect([shown(), press(key), shown()]).toEqual(['hash1', true, 'hash3']);
    await app.verdicts.saved;
    expect(saved).toEqual([['hash1', 'hash2', verdict]]);
  });

  it('with Shift judge the pairs like it too where there are any, else the pair', async () => {
    await openReview();
    const { review } = app;
    review.pairs = review.pairs.map((pair, at) => (at === 0 ? { ...pair, alike: 1 } : pair));
    press('F', { shiftKey: true });
    await expect.poll(shown).toBe('hash3');
    await app.verdicts.saved;
    expect(saved).toEqual([
      ['hash1', 'hash2', 'same'],
      ['hash1', 'hash6', 'same'],
    ]);
    press('F', { shiftKey: true });
    await app.verdicts.saved;
    expect(saved.slice(2)).toEqual([['hash3', 'hash4', 'same']]);
  });

  it('skip a pair, by S or Space, unless Space presses a button', async () => {
    await openReview();
    press('s');
    expect(press(' ', { target: new PageElement('button') })).toBe(false);
    expect(shown()).toBe('hash3');
    press(' ');
    expect(shown()).toBe('hash5');
    expect(saved).toEqual([]);
  });

  it('step to the pair before and behind, unless they move a slider', async () => {
    await openReview();
    expect(press('ArrowRight', { target: new PageElement('[role=separator]') })).toBe(false);
    press('ArrowRight');
    expect(shown()).toBe('hash3');
    press('ArrowLeft');
    expect(shown()).toBe('hash1');
  });

  it('put the focus on the note', async () => {
    await openReview();
    const note = new PageElement('note');
    page.byId.set('pair-note', note);
    press('n');
    expect(note.done).toEqual(['focus']);
  });

  it('take the last verdict back, and bring its pair on screen', async () => {
    await openReview();
    press('f');
    press('t');
    press('z', { ctrlKey: true });
    await expect.poll(shown).toBe('hash3');
    await app.verdicts.saved;
    expect(saved.at(-1)).toEqual(['hash3', 'hash4', 'none']);
    expect(shown()).toBe('hash3');
    expect(app.verdicts.done).toHaveLength(1);
  });

  it('judge nothing without a pair, or over a conflict', async () => {
    app.pages.go('review');
    expect([press('f'), press('s'), press('n')]).toEqual([false, false, false]);
    await openReview();
    app.review.openConflict = 0;
    expect(press('f')).toBe(false);
  });
});

describe('keys on the negative that is looked at in Explore', () => {
  const details = new PageElement('[data-judged-here]');
  const inDetails = { target: new PageElement('button', details) };
  beforeEach(() => app.chooseAnchor(1));

  it('judge it with the anchor while the focus is in its details, and tell of it', async () => {
    expect(press('f', inDetails)).toBe(false);
    app.explore.inspectedId = 3;
    expect(press('f', inDetails)).toBe(true);
    await app.verdicts.saved;
    expect(saved).toEqual([['hash1', 'hash3', 'same']]);
    expect(app.notices.list).toMatchObject([
      {
        text: '“1.png” and “dogs/three.png”: judged the same thing.',
        action: { name: 'Undo' },
      },
    ]);
    expect(press('t', { target: details })).toBe(true);
    expect(app.explore.isList).toBe(false);
    await app.verdicts.saved;
    expect(saved.at(-1)).toEqual(['hash1', 'hash3', 'different']);
  });

  it.each([
    ['nothing', null],
    ['the map', new PageElement('canvas')],
    ['a row of the table', new PageElement('[role=row]')],
    ['the tile of the negative', new PageElement('button')],
  ])('judge nothing while the focus is on %s: T is the table', async (_, target) => {
    app.explore.inspectedId = 3;
    expect([press('f', { target }), press('u', { target })]).toEqual([false, false]);
    expect(press('t', { target })).toBe(true);
    expect(app.explore.isList).toBe(true);
    await app.verdicts.saved;
    expect([saved, app.notices.list]).toEqual([[], []]);
  });

  it('are what they are elsewhere once another page is on screen', () => {
    app.explore.inspectedId = 3;
    app.pages.go('library');
    expect([press('f', inDetails), press('u', inDetails)]).toEqual([false, false]);
    expect(saved).toEqual([]);
  });
});
