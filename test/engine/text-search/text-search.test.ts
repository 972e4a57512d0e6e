import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOnnx } from '../encoders/loaded/write-onnx.ts';
import { emojiFolder, openTestEngine } from '../../contract/engine-shells.ts';
import type { TestEngine } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { tokenizerJson, twoTowers, wordTower } from './two-towers.ts';
import type { TowerFiles } from './two-towers.ts';

let test: TestEngine;
let folder: string;

beforeAll(async () => {
  test = await openTestEngine();
  folder = twoTowers(test.dataFolder);
  await test.engine.call('library.open', { file: join(test.dataFolder, 'emoji.sqlite') });
  await runToState(test.engine, 'scan', { folder: emojiFolder });
  await runToState(test.engine, 'embed', { encoder: folder, device: 'cpu' });
  await runToState(test.engine, 'embed', { encoder: 'pixels' });
});

afterAll(() => test.close());

const search = (text: string, k = 96, run = 'colour-clip') =>
  test.engine.call('search.text', { run, text, k });

/** How red, green or blue a picture is beside its own grey, as a cosine; by sharp alone. */
async function colourOf(path: string, channel: number): Promise<number> {
  const { channels } = await sharp(join(emojiFolder, path))
    .flatten({ background: '#fff' })
    .resize(32, 32, { fit: 'fill' })
    .stats();
  const means = channels.map(({ mean }) => mean);
  const grey = (means[0]! + means[1]! + means[2]!) / 3;
  const own = means.map((mean) => mean - grey);
  const wanted = [0, 1, 2].map((index) => (index === channel ? 2 / 3 : -1 / 3));
  const product = own.reduce((sum, value, index) => sum + value * wanted[index]!, 0);
  return product / (Math.hypot(...own) * Math.hypot(...wanted));
}

describe('a search by text', () => {
  it.each([
    ['a red picture', 0],
    ['Green', 1],
    ['BLUE', 2],
  ])('for %j puts the pictures of that colour first', async (text, channel) => {
    const { ids, similarities, cut } = await search(text);
    expect(cut).toBeNull();
    const samples = await test.engine.call('library.samples', {});
    const paths = new Map(Array.from(samples.ids, (id, index) => [id, samples.paths[index]!]));
    expect([...similarities]).toEqual([...similarities].toSorted((a, b) => b - a));
    expect(similarities[0]).toBeGreaterThan(similarities.at(-1)! + 0.5);
    for (const rank of [0, 1, 2, 40, ids.length - 1]) {
      const expected = await colourOf(paths.get(ids[rank]!)!, channel);
      expect(similarities[rank]).toBeCloseTo(expected, 1);
    }
    const few = await search(text, 5);
    expect([...few.ids]).toEqual([...ids.subarray(0, 5)]);
  });

  it('reads the beginning of a text that is too long, and says so', async () => {
    const { cut, similarities } = await search('red '.repeat(6) + 'blue '.repeat(40));
    // 8 tokens with [CLS] and [SEP].
    expect(cut).toEqual({ tokens: 46, read: 6 });
    expect([...similarities]).toEqual([...(await search('red')).similarities]);
  });

  it('says which runs can be searched', async () => {
    expect(await test.engine.call('search.tower', { run: 'colour-clip' })).toEqual({
      path: join(folder, 'onnx/text_model.onnx'),
      reason: '',
    });
    const pixels = await test.engine.call('search.tower', { run: 'pixels' });
    expect(pixels.path).toBeNull();
    expect(pixels.reason).toMatch(/"pixels" has no text tower.*CLIP or SigLIP/);
  });

  it.each<[string, () => string | Promise<string>, RegExp]>([
    ['a run of another encoder', () => 'pixels', /has no text tower/],
    [
      'no text tower',
      () => added({ text: null }),
      /There is no text tower beside.*text_model\.onnx/,
    ],
    ['no tokenizer', () => added({ tokenizer: null }), /tokenizer\.json is missing/],
    ['a tokenizer cut short', () => added({ tokenizer: '{"model": ' }), /is not JSON/],
    [
      'a tokenizer of an unknown kind',
      () => added({ tokenizer: { ...tokenizerJson, model: { type: 'Runes', vocab: {} } } }),
      /is no tokenizer that can be used/,
    ],
    [
      'a tower of another length',
      () => added({ text: wordTower(5) }),
      /vectors of 5 numbers.*have 3.*do not belong together/,
    ],
    [
      'a tower that takes something else',
      () =>
        added({
          text: {
            ...wordTower(),
            inputs: [...wordTower().inputs, { name: 'speech', type: 'float32', shape: [1] }],
          },
        }),
      /is no text tower: it takes.*speech/,
    ],
    [
      'a file that is not ONNX',
      async () => {
        const name = await added({});
        writeFileSync(join(names.get(name)!, 'onnx/text_model.onnx'), 'no model');
        return name;
      },
      /is not an ONNX model/,
    ],
    [
      'another output of the vision tower',
      () => added({}, { output: { name: 'last_hidden_state', pooling: 'auto' } }),
      /gives last_hidden_state, which is not what its text tower is compared with.*image_embeds/,
    ],
  ])('refuses %s in a sentence', async (_, make, sentence) => {
    await expect(search('red', 5, await make())).rejects.toThrow(sentence);
  });

  it('goes on once the files are mended', async () => {
    const name = await added({ text: wordTower(5) });
    await expect(search('red', 3, name)).rejects.toThrow(/do not belong together/);
    writeOnnx(join(names.get(name)!, 'onnx/text_model.onnx'), wordTower());
    expect([...(await search('red', 3, name)).ids]).toEqual([...(await search('red', 3)).ids]);
    rmSync(names.get(name)!, { recursive: true });
    await expect(search('red', 3, name)).rejects.toThrow(/is gone/);
  });
});

const names = new Map<string, string>();

/** Another pair of towers as a run; resolves to its name. The same vision tower would be known. */
async function added(files: TowerFiles, more: object = {}): Promise<string> {
  const name = `towers ${names.size}`;
  const towerFolder = twoTowers(join(test.dataFolder, name), files);
  names.set(name, towerFolder);
  const preprocessing = { scale: 1 / (256 + names.size) };
  await runToState(test.engine, 'addEncoder', {
    ...{ path: towerFolder, name, device: 'cpu', preprocessing, ...more },
  });
  await runToState(test.engine, 'embed', { encoder: name, device: 'cpu' });
  return name;
}
