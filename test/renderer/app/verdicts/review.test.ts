import { beforeEach, describe, expect, it } from 'vitest';
import type { VerdictQueue } from '../../../../src-main/contract/verdict-queue.ts';
import type { Verdict } from '../../../../src-main/contract/verdicts.ts';
import { JudgedPictures } from '../../../../src-renderer/app/verdicts/judged-pictures.svelte.ts';
import { Notices } from '../../../../src-renderer/app/window/notices.svelte.ts';
import { Review } from '../../../../src-renderer/app/verdicts/review.svelte.ts';
import { UndoHistory } from '../../../../src-renderer/app/undo/undo-history.svelte.ts';
import { VerdictHistory } from '../../../../src-renderer/app/verdicts/verdict-history.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { queuedPair } from '../../queued-pair.ts';
import { verdictOf } from '../../verdict-of.ts';

const noEstimate = {
  ...{ judged: 0, same: 0, unsure: 0, byLabel: 0 },
  ...{ estimate: null, unsureDifferent: null, unsureSame: null },
};
let queue: VerdictQueue | Promise<VerdictQueue>;
let saved: Verdict[];
let client: AnsweringClient;
let judged: JudgedPictures;
let history: VerdictHistory;
let undoHistory: UndoHistory;
let review: Review;
let visits: number;

beforeEach(async () => {
  queue = {
    source: 'ledger',
    space: 'z',
    pairs: [queuedPair('a', 'b'), queuedPair('c', 'd'), queuedPair('e', 'f')],
    leftOut: 0,
    ...{ settledByLabel: null, remark: '' },
  };
  saved = [];
  client = new AnsweringClient({
    'verdicts.queue': () => queue,
    'verdicts.list': () => saved,
    'verdicts.set': ({ pair: [first, second], verdict, note = '' }) => {
      const verdictNow = verdictOf(first, second, verdict, { note });
      saved = [...saved, verdictNow];
      return verdictNow;
    },
    'verdicts.remove': ({ pair }) => {
      saved = saved.filter((verdict) => !verdict.pair.every(({ hash }) => pair.includes(hash)));
      return { removed: true };
    },
    'verdicts.rate': () => ({ ...noEstimate, judged: 3, same: 1, pictures: 6, embedded: 6 }),
    'verdicts.pushShare': () => ({ ...noEstimate, source: 'ledger', recorded: 1, pairs: 2 }),
  });
  const connection = await connectionTo(client);
  judged = new JudgedPictures(connection);
  undoHistory = new UndoHistory();
  history = new VerdictHistory({
    ...{ connection, judged, notices: new Notices(), undoHistory, now: () => 0 },
  });
  visits = 0;
  review = new Review({
    ...{ connection, judged, history, goThere: () => (visits += 1) },
    focus: { selection: new Set() },
    pathOf: (hash) => (hash === 'gone' ? null : `${hash}.png`),
  });
});

const shown = (): string | null =>
  review.current && `${review.current.anchor.hash}${review.current.candidate.hash}`;

describe('the queue of a run, with a client that answers three pairs', () => {
  it('is read in the order that was asked for, always by the same seed, and shows its first pair', async () => {
    review.order = 'random';
    await review.load(4);
    expect(client.inputsOf('verdicts.queue')).toEqual([
      { run: 4, order: 'random', limit: 50, seed: 1 },
    ]);
    expect([shown(), review.openCount, review.source, review.isBusy]).toEqual([
      ...['ab', 3, 'ledger', false],
    ]);
    expect(review.shownQueue).toEqual({ run: 4, order: 'random' });
  });

  it('is worked through by verdicts and skips until none is open', async () => {
    await review.load(1);
    review.answer('same', 1);
    expect([shown(), review.openCount]).toEqual(['cd', 2]);
    review.skip();
    expect(shown()).toBe('ef');
    review.answer('different', 1);
    expect([shown(), review.openCount, review.next()]).toEqual([null, 0, null]);
    review.skip();
    review.answer('same', 1);
    await history.saved;
    expect(saved.map(({ verdict }) => verdict)).toEqual(['same', 'different']);
  });

  it('comes back to what was skipped', async () => {
    await review.load(1);
    review.skip();
    review.skip();
    review.answer('same', 1);
    expect(shown()).toBeNull();
    review.reopenSkipped();
    expect([shown(), review.openCount]).toEqual(['ab', 2]);
  });

  it('is read anew without what was skipped, and asks for as many more', async () => {
    await review.load(1);
    review.skip();
    await review.load(1);
    expect(client.inputsOf('verdicts.queue').at(-1)).toMatchObject({ limit: 51 });
    expect([shown(), review.pairs.length]).toEqual(['cd', 2]);
  });

  it('shows no pair twice that other verdicts have settled', async () => {
    queue = {
      ...(await queue),
      pairs: ['ab', 'bc', 'cd', 'da', 'ac'].map((pair) => queuedPair(pair[0]!, pair[1]!)),
    };
    judged.passOn = { passOn: 'groups', isChosen: true };
    await review.load(1);
    for (let answers = 0; answers < 4; answers++) review.answer('same', 1);
    // Two chains of the ring decide a = c.
    expect([shown(), review.openCount]).toEqual([null, 0]);
    judged.passOn = { passOn: 'pairs', isChosen: true };
    expect(review.openCount).toBe(1);
  });

  it('of links shows pairs that are judged the same, each until it is judged again', async () => {
    saved = [verdictOf('a', 'b', 'same'), verdictOf('c', 'd', 'same'), verdictOf('e', 'f', 'same')];
    await judged.refresh();
    review.order = 'links';
    await review.load(1);
    expect([shown(), review.openCount]).toEqual(['ab', 3]);
    review.answer('same', 1);
    review.answer('different', 1);
    expect([shown(), review.openCount]).toEqual(['ef', 1]);
    await history.saved;
    await undoHistory.undo();
    await undoHistory.undo();
    expect(review.openCount).toBe(3);
  });

  it('has the next pairs ready, behind the present one and then before it', async () => {
    await review.load(1);
    review.step(1);
    expect(shown()).toBe('cd');
    expect(review.upcoming(5).map(({ anchor }) => anchor.hash)).toEqual(['e', 'a']);
    expect(review.upcoming(1)).toHaveLength(1);
    expect(review.next()?.anchor.hash).toBe('e');
  });

  it('can be stepped through, judged or not, and stops at both ends', async () => {
    await review.load(1);
    review.answer('same', 1);
    review.step(-1);
    expect(shown()).toBe('ab');
    review.step(-1);
    expect(shown()).toBe('ab');
    review.choose(review.pairs[2]!);
    review.step(1);
    expect(shown()).toBe('ef');
    review.answer('same', 1);
    review.skip();
    expect(shown()).toBeNull();
    review.step(-1);
    expect(shown()).toBe('ef');
  });

  it('passes on why it cannot be read, and is not busy any more', async () => {
    queue = Promise.reject(new Error('Run 1 has no embeddings.'));
    await expect(review.load(1)).rejects.toThrow('no embeddings');
    expect([review.isBusy, review.shownQueue]).toEqual([false, null]);
  });

  it('does not come late over pairs that were opened meanwhile, nor after it was cleared', async () => {
    const late = Promise.withResolvers<VerdictQueue>();
    const answer = await queue;
    queue = late.promise;
    const loading = review.load(1);
    review.open([{ anchor: 'x', candidate: 'y' }], 'Near-duplicates');
    late.resolve(answer);
    await loading;
    expect([shown(), review.shownQueue]).toEqual(['xy', null]);
    const reading = review.load(1);
    review.clear();
    await reading;
    expect([review.pairs, review.given]).toEqual([[], null]);
  });
});

describe('a note', () => {
  it('is saved with the verdict, shown with its pair, and not carried to the next', async () => {
    await review.load(1);
    review.note = 'both are hens';
    review.answer('same', 1);
    expect(review.note).toBe('');
    await history.saved;
    expect(saved[0]?.note).toBe('both are hens');
    review.step(-1);
    expect(review.note).toBe('both are hens');
  });
});

describe('given pairs', () => {
  it('are shown in their order on the Review page, and the queue is back after them', async () => {
    review.open(
      [
        { anchor: 'x', candidate: 'y', reason: 'Nearly the same.' },
        { anchor: 'x', candidate: 'gone' },
      ],
      'Near-duplicates',
    );
    expect([shown(), visits, review.given?.title]).toEqual(['xy', 1, 'Near-duplicates']);
    expect(review.current?.reason).toBe('Nearly the same.');
    expect(review.pairs[1]?.candidate).toEqual({ hash: 'gone', path: null });
    review.closeGiven();
    expect([review.given, review.shownQueue]).toEqual([null, null]);
    await review.load(1);
    expect(shown()).toBe('ab');
  });

  it('get the numbers of a run, but for those whose pictures are gone', async () => {
    review.open(
      [
        { anchor: 'a', candidate: 'b' },
        { anchor: 'x', candidate: 'gone' },
      ],
      'Mine',
    );
    await review.describeGiven(3);
    expect(client.inputsOf('verdicts.queue')).toEqual([{ run: 3, pairs: [['a', 'b']] }]);
    expect(review.pairs.map(({ similarity }) => similarity)).toEqual([0.5, undefined]);
  });

  it('are described fifty at a time, and no further once others are shown', async () => {
    const many = Array.from({ length: 120 }, (_, i) => ({ anchor: `p${i}`, candidate: `q${i}` }));
    review.open(many, 'Many');
    const counts = (): number[] =>
      client.inputsOf('verdicts.queue').map((input) => (input as { pairs: [] }).pairs.length);
    await review.describeGiven(1);
    expect(counts()).toEqual([50, 50, 20]);
    const describing = review.describeGiven(1);
    review.open(many.slice(0, 1), 'One');
    await describing;
    expect(counts()).toEqual([50, 50, 20, 50]);
  });
});

describe('a pair that is brought back on screen', () => {
  it('is turned to where it is listed', async () => {
    await review.load(1);
    const { anchor, candidate } = review.pairs[2]!;
    await review.show([candidate, anchor], 1);
    expect([shown(), review.pairs.length]).toEqual(['ef', 3]);
  });

  it('is put before the present one where it is not, with its numbers', async () => {
    await review.load(1);
    review.step(1);
    queue = { ...(await queue), pairs: [queuedPair('y', 'x', { similarity: 0.75 })] };
    await review.show(
      [
        { hash: 'x', path: 'x.png' },
        { hash: 'y', path: 'y.png' },
      ],
      1,
    );
    expect(review.pairs.map(({ anchor }) => anchor.hash)).toEqual(['a', 'x', 'c', 'e']);
    expect([shown(), review.current?.similarity]).toEqual(['xy', 0.75]);
  });
});

describe('the rate of false negatives', () => {
  it('is read of a run by the random order’s seed, and gone for another library', async () => {
    await review.refreshEstimates(2);
    expect(client.inputsOf('verdicts.rate')).toEqual([{ run: 2, seed: 1 }]);
    expect(client.inputsOf('verdicts.pushShare')).toEqual([{ run: 2, seed: 1 }]);
    expect(review.rate?.judged).toBe(3);
    review.clear();
    expect(review.rate).toBeNull();
  });
});
