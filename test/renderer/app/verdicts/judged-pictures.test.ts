import { beforeEach, describe, expect, it } from 'vitest';
import type { PassOnChoice } from '../../../../src-main/contract/pass-on.ts';
import type { Verdict } from '../../../../src-main/contract/verdicts.ts';
import { judgedKinds } from '../../../../src-renderer/app/verdicts/judged-kinds.ts';
import { JudgedPictures } from '../../../../src-renderer/app/verdicts/judged-pictures.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { verdictOf } from '../../verdict-of.ts';

let list: Verdict[] | Promise<Verdict[]>;
let judged: JudgedPictures;
let client: AnsweringClient;
beforeEach(async () => {
  list = [verdictOf('b', 'a', 'same'), verdictOf('b', 'c', 'different')];
  let passOn: PassOnChoice = { passOn: 'pairs', isChosen: false };
  client = new AnsweringClient({
    'verdicts.list': () => list,
    'verdicts.passOn': () => passOn,
    'verdicts.setPassOn': (chosen) => (passOn = { ...chosen, isChosen: true }),
  });
  judged = new JudgedPictures(await connectionTo(client));
  await judged.refresh();
});

const shown = (): string[] =>
  judged.list.map(({ hashA, hashB, verdict }) => `${hashA} ${hashB} ${verdict}`);

describe('what was judged, with a client that answers two verdicts', () => {
  it('is known of pictures and of pairs, in whatever order they are named', () => {
    expect(shown()).toEqual(['a b same', 'b c different']);
    expect(['a', 'b', 'c', 'd'].map((hash) => judged.kindOf(hash))).toEqual([
      ...['same', 'same', 'different', 'none'],
    ]);
    expect(judged.pairs.own('c', 'b')?.verdict).toBe('different');
    expect(judged.pairs.settled('a', 'c')).toBeNull();
  });

  it('counts for other pairs as the library has it, and follows when that changes', async () => {
    list = ['ab', 'bc', 'cd', 'da'].map((pair) => verdictOf(pair[0]!, pair[1]!, 'same'));
    await judged.refresh();
    expect(judged.passOn).toEqual({ passOn: 'pairs', isChosen: false });
    expect(judged.pairs.settled('a', 'c')).toBeNull();
    await judged.setPassOn('groups');
    expect(client.inputsOf('verdicts.setPassOn')).toEqual([{ passOn: 'groups' }]);
    expect(judged.pairs.settled('a', 'c')).toBe('same');
    await judged.refresh();
    expect(judged.passOn).toEqual({ passOn: 'groups', isChosen: true });
  });

  it('is counted by kind', () => {
    const counts = judged.countKinds(['a', 'b', 'c', 'd', 'e', 'e']);
    expect(Object.fromEntries(judgedKinds.map((kind, index) => [kind, counts[index]]))).toEqual({
      ...{ none: 3, same: 2, different: 1, unsure: 0 },
    });
    expect(judged.countKinds([])).toEqual([0, 0, 0, 0]);
  });

  it('is shown before the engine has saved it, in place of the pair’s earlier verdict', async () => {
    const saved = Promise.withResolvers<null>();
    const changed = verdictOf('a', 'b', 'unsure');
    const saving = judged.showAhead([{ pair: ['b', 'a'], verdict: changed }], () => saved.promise);
    expect(shown()).toEqual(['a b unsure', 'b c different']);
    list = [changed];
    saved.resolve(null);
    await saving;
    expect(shown()).toEqual(['a b unsure']);
  });

  it('leaves the list where a verdict is taken back', async () => {
    const saved = Promise.withResolvers<null>();
    const saving = judged.showAhead([{ pair: ['a', 'b'], verdict: null }], () => saved.promise);
    expect(shown()).toEqual(['b c different']);
    saved.resolve(null);
    await saving;
  });

  it('is not put back by an answer that is older than a change on its way', async () => {
    const older = Promise.withResolvers<Verdict[]>();
    list = older.promise;
    const reading = judged.refresh();
    const [first, second] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()];
    const one = judged.showAhead([{ pair: ['a', 'b'], verdict: null }], () => first.promise);
    const other = judged.showAhead([{ pair: ['b', 'c'], verdict: null }], () => second.promise);
    older.resolve([verdictOf('b', 'a', 'same'), verdictOf('b', 'c', 'different')]);
    await reading;
    expect(shown()).toEqual([]);
    list = [];
    first.resolve(null);
    await one;
    second.resolve(null);
    await other;
    expect(shown()).toEqual([]);
  });

  it('is as the engine has it again where it could not be saved, and the error is passed on', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('The disk is full.'));
    await expect(judged.showAhead([{ pair: ['a', 'b'], verdict: null }], refuse)).rejects.toThrow(
      'disk is full',
    );
    expect(shown()).toEqual(['a b same', 'b c different']);
  });
});
