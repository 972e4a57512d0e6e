import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../../../src-main/contract/verdicts.ts';
import type { AppState } from '../../../../../src-renderer/app/app-state.svelte.ts';
import { markSame } from '../../../../../src-renderer/pages/library/duplicates/mark-same.ts';
import type { NearGroup } from '../../../../../src-renderer/app/library/near-duplicates.svelte.ts';
import { AnsweringClient } from '../../../answering-client.ts';
import { fivePictures } from '../../../app/five-pictures.ts';
import { appOn } from '../../../open-app.ts';
import { verdictOf } from '../../../verdict-of.ts';

/** Pictures 1, 2 and 3, joined by two links. */
const group: NearGroup = {
  pictures: [1, 2, 3],
  links: [
    { pair: [1, 2], distance: 0.1 },
    { pair: [2, 3], distance: 0.2 },
  ],
};

let saved: Verdict[];
let isFull: boolean;
let app: AppState;
beforeEach(async () => {
  saved = [];
  isFull = false;
  const client = new AnsweringClient({
    'verdicts.list': () => saved,
    'verdicts.set': ({ pair: [first, second], verdict }) => {
      if (isFull) throw new Error('The disk is full.');
      const given = verdictOf(first, second, verdict);
      saved = [...saved, given];
      return given;
    },
    'verdicts.remove': ({ pair }) => {
      saved = saved.filter((verdict) => !verdict.pair.every(({ hash }) => pair.includes(hash)));
      return { removed: true };
    },
  });
  app = await appOn(client);
  app.library.pictures = fivePictures;
});
afterEach(() => vi.unstubAllGlobals());

const told = (): string[] => app.notices.list.map(({ text }) => text);

describe('marking near-duplicates, with a client that answers what it was told', () => {
  it('says how many pairs are the same, and takes them back from the notice', async () => {
    await markSame(app, [group], 1);
    expect(told()).toEqual(['2 pairs marked as the same thing.']);
    expect(saved).toHaveLength(2);
    expect(app.undoHistory.toUndo).toBe('2 verdicts');
    app.notices.list[0]?.action?.run();
    await expect.poll(() => saved).toEqual([]);
    expect(app.undoHistory.toUndo).toBeNull();
  });

  it('says how many are judged otherwise, whichever picture was named first', async () => {
    saved = [verdictOf('hash2', 'hash1', 'different')];
    await markSame(app, [group], 1);
    expect(told()).toEqual(['1 pair marked as the same thing. 1 pair judged otherwise stays so.']);
    expect(app.undoHistory.toUndo).toBe('a verdict');
    expect(saved.map(({ verdict }) => verdict)).toEqual(['different', 'same']);
  });

  it('has nothing to take back where all are judged', async () => {
    await markSame(app, [group], 1);
    app.notices.list = [];
    app.undoHistory.clear();
    await markSame(app, [group], 1);
    expect(told()).toEqual(['0 pairs marked as the same thing.']);
    expect([app.notices.list[0]?.action, app.undoHistory.toUndo]).toEqual([undefined, null]);
  });

  it('says why they could not be marked', async () => {
    isFull = true;
    await markSame(app, [group], 1);
    expect([told(), app.undoHistory.toUndo]).toEqual([['The disk is full.'], null]);
  });
});
