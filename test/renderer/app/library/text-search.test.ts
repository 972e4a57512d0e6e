import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type {
  TextSearchResult,
  TextTowerReport,
} from '../../../../src-main/contract/text-search.ts';
import {
  foundAtMost,
  TextSearch,
} from '../../../../src-renderer/app/library/text-search.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';

const result: TextSearchResult = {
  ids: Uint32Array.of(7, 3),
  similarities: Float32Array.of(0.5, 0.25),
  cut: null,
};
const tower = { path: '/clip/text_model.onnx', reason: '' };
const noTower = { path: null, reason: 'There is no text tower.' };

let towers: Record<number, TextTowerReport | Promise<TextTowerReport>>;
let find: () => TextSearchResult | Promise<TextSearchResult>;
let client: AnsweringClient;
let search: TextSearch;
beforeEach(async () => {
  towers = { 1: tower, 2: noTower };
  find = () => result;
  client = new AnsweringClient({
    'search.tower': ({ run }) => towers[Number(run)]!,
    'search.text': () => find(),
  });
  search = new TextSearch(await connectionTo(client));
});

describe('searching by text, with a client that answers a tower for run 1', () => {
  it('can be where the run’s encoder has a tower', async () => {
    expect(search.canSearch).toBe(false);
    await search.look(1);
    expect(search.canSearch).toBe(true);
    search.isOn = true;
    await search.look(2);
    expect([search.canSearch, search.isOn, search.tower?.reason]).toEqual([
      ...[false, false, 'There is no text tower.'],
    ]);
    await search.look(null);
    expect(search.tower).toBeNull();
  });

  it('finds the pictures, the best first, and forgets them for another run', async () => {
    await search.look(1);
    const found = await search.search(1, 'a red bird');
    expect(found).toMatchObject({ run: 1, text: 'a red bird', cut: null });
    expect([...found!.ids]).toEqual([7, 3]);
    expect(search.found).toEqual(found);
    expect(client.inputsOf('search.text')).toEqual([
      { run: 1, text: 'a red bird', k: foundAtMost },
    ]);
    await search.look(2);
    expect(search.found).toBeNull();
  });

  it('is busy while it searches, and not after a refusal, which is passed on', async () => {
    const late = Promise.withResolvers<TextSearchResult>();
    find = () => late.promise;
    const searching = search.search(1, '   ');
    expect(search.isBusy).toBe(true);
    late.reject(new EngineError('bad-argument', 'Say what the pictures should show.'));
    await expect(searching).rejects.toThrow('Say what');
    expect([search.isBusy, search.found]).toEqual([false, null]);
  });

  it.each(['answered', 'refused'])(
    'is given up for another run, however it is %s after that',
    async (end) => {
      await search.look(1);
      await search.search(1, 'a red bird');
      const late = Promise.withResolvers<TextSearchResult>();
      find = () => late.promise;
      const searching = search.search(1, 'a blue bird');
      const lateTower = Promise.withResolvers<TextTowerReport>();
      towers[2] = lateTower.promise;
      const looking = search.look(2);
      if (end === 'answered') late.resolve(result);
      else late.reject(new EngineError('disconnected', 'gone'));
      expect(await searching).toBeNull();
      expect([search.isBusy, search.found]).toEqual([false, null]);
      lateTower.resolve(tower);
      await looking;
      find = () => result;
      expect(await search.search(2, 'a blue bird')).toMatchObject({ run: 2 });
    },
  );

  it('belongs to the run looked at last, whichever answer comes last', async () => {
    const late = Promise.withResolvers<TextTowerReport>();
    towers[2] = late.promise;
    const looking = search.look(2);
    await search.look(1);
    late.resolve(noTower);
    await looking;
    expect(search.tower).toEqual(tower);
  });
});
