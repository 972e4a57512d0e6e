import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Verdict, VerdictKind } from '../../../../../src-main/contract/verdicts.ts';
import type { AppState } from '../../../../../src-renderer/app/app-state.svelte.ts';
import { markSame } from '../../../../../src-renderer/pages/library/duplicates/mark-same.ts';
import type { NearGroup } from '../../../../../src-renderer/app/library/near-duplicates.svelte.ts';
import { Pictures } from '../../../../../src-renderer/app/library/pictures.ts';
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
    'verdicts.set': ({ pair, verdict }) => change(pair, verdict)!,
    'verdicts.remove': ({ pair }) => ({ removed: change(pair, null) === null }),
    'verdicts.change': ({ changes }) => {
      for (const { pair, verdict } of changes) change(pair, verdict);
      return {};
    },
  });
  app = await appOn(client);
  app.library.pictures = fivePictures;
});
afterEach(() => vi.unstubAllGlobals());

function change(pair: readonly [string, string], verdict: VerdictKind | null): Verdict | null {
  if (isFull) throw new Error('The disk is full.');
  const given = verdict && verdictOf(...pair, verdict);
  const others = saved.filter((one) => !one.pair.every(({ hash }) => pair.includes(hash)));
  saved = given ? [...others, given] : others;
  return given;
}

const told = (): string[] => app.notices.list.map(({ text }) => text);

describe('marking near-duplicates, with a client that answers what it was told', () => {
  it('says how many pairs are the same, and takes them back from the notice', async () => {
    markSame(app, [group], 1);
    await app.verdicts.saved;
    expect(told()).toEqual(['2 pairs marked as the same thing.']);
    expect(saved).toHaveLength(2);
    expect(app.undoHistory.toUndo).toBe('2 verdicts on near-duplicates');
    app.notices.list[0]?.action?.run();
    await expect.poll(() => saved).toEqual([]);
    expect(app.undoHistory.toUndo).toBeNull();
  });

  it('says how many are judged otherwise, whichever picture was named first', async () => {
    saved = [verdictOf('hash2', 'hash1', 'different')];
    await app.judged.refresh();
    markSame(app, [group], 1);
    await app.verdicts.saved;
    expect(told()).toEqual(['1 pair marked as the same thing. 1 pair judged otherwise stays so.']);
    expect(app.undoHistory.toUndo).toBe('1 verdict on near-duplicates');
    expect(saved.map(({ verdict }) => verdict)).toEqual(['different', 'same']);
  });

  it('has nothing to take back where all are judged', async () => {
    markSame(app, [group], 1);
    await app.verdicts.saved;
    app.notices.list = [];
    app.undoHistory.clear();
    markSame(app, [group], 1);
    await app.verdicts.saved;
    expect(told()).toEqual(['0 pairs marked as the same thing.']);
    expect([app.notices.list[0]?.action, app.undoHistory.toUndo]).toEqual([undefined, null]);
  });

  it('leaves what follows from verdicts on others as it is', async () => {
    saved = [
      ...['14', '45', '51'].map((pair) => verdictOf(`hash${pair[0]!}`, `hash${pair[1]!}`, 'same')),
      verdictOf('hash4', 'hash2', 'different'),
      verdictOf('hash5', 'hash2', 'different'),
    ];
    await app.judged.refresh();
    app.judged.passOn = { passOn: 'groups', isChosen: true };
    markSame(app, [group], 1);
    await app.verdicts.saved;
    expect(told()).toEqual(['1 pair marked as the same thing. 1 pair judged otherwise stays so.']);
    expect(saved.at(-1)).toMatchObject({ pair: [{ hash: 'hash2' }, { hash: 'hash3' }] });
  });

  it('joins no blank picture to others', async () => {
    app.library.pictures = new Pictures(fivePictures.columns, [3]);
    markSame(app, [group], 1);
    await app.verdicts.saved;
    expect(told()).toEqual([
      '1 pair marked as the same thing. 1 pair with a blank picture left out.',
    ]);
    expect(saved.map(({ pair }) => pair.map(({ hash }) => hash))).toEqual([['hash1', 'hash2']]);
  });

  it('says why they could not be marked', async () => {
    isFull = true;
    markSame(app, [group], 1);
    await app.verdicts.saved;
    expect(told()).toContain('The disk is full.');
    expect(app.judged.list).toEqual([]);
  });
});
