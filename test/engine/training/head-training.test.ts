import { renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { latestCheckpoint, listCheckpoints } from '../../../src-main/engine/store/checkpoints.ts';
import { embeddedSampleIds, readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun, listRuns, createRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { add, written } from '../encoders/loaded/encoder-jobs.ts';
import { convModel } from '../encoders/loaded/test-models.ts';
import { smallTraining, testContext } from './job-contexts.ts';

/** Raw pixels cost next to nothing, and everything after them is what it is after any encoder. */
const onPixels: TrainInput = { ...smallTraining, encoder: 'head', on: 'pixels', views: 4 };

/** Trains, and gives the messages of the job. */
async function train(library: Library, job: number, change: Partial<TrainInput>) {
  const messages: string[] = [];
  const context = testContext({ library, job, onReport: ({ message }) => messages.push(message) });
  const { run } = await runTrainJob(context, { ...onPixels, ...change });
  return { run: findRun(library, run), messages };
}

/** Of the pictures that have one: how often the same emoji by another vendor is the nearest. */
function twinRecall(library: Library, weightsHash: string): number {
  const { ids, paths } = presentSamples(library);
  const { vectors, dimensions } = readEmbeddings(library, weightsHash, 'h', ids);
  const vectorOf = (row: number) => vectors.subarray(row * dimensions, (row + 1) * dimensions);
  const emoji = paths.map((path) => path.split('__')[0]!);
  const twins = [...emoji.keys()].filter((row) =>
    emoji.some((other, index) => index !== row && other === emoji[row]),
  );
  const hits = twins.filter((row) => {
    const similarity = (other: number): number =>
      other === row
        ? -2
        : vectorOf(row).reduce((sum, value, k) => sum + value * vectorOf(other)[k]!, 0);
    const nearest = [...emoji.keys()].reduce((best, other) =>
      similarity(other) > similarity(best) ? other : best,
    );
    return emoji[nearest] === emoji[row];
  });
  return hits.length / twins.length;
}

function judgeTwins(library: Library): void {
  const { paths, hashes } = presentSamples(library);
  const emoji = paths.map((path) => path.split('__')[0]!);
  for (const [row, hash] of hashes.entries()) {
    const twin = emoji.findIndex((other, index) => index > row && other === emoji[row]);
    if (twin < 0) continue;
    saveVerdict(library, [hash, hashes[twin]!], { verdict: 'same', note: '', runId: null });
  }
}

describe('a head on frozen features', () => {
  it('learns on cached views, embeds every picture by its output, and is scored like any run', async () => {
    const library = await scannedLibrary();
    const { run, messages } = await train(library, 1, { epochs: 12 });
    expect(messages.find((message) => message.startsWith('Computing'))).toBe(
      'Computing features of 4 views of each picture (1 MB in all)',
    );
    const { frozen, ...settings } = run.settings;
    expect(settings).toMatchObject({ views: 4, size: 16, temperature: 0.2 });
    expect(frozen).toMatchObject({ on: 'pixels', dimensions: 768, whitened: null });
    const ofEpochs = readHistory(library, run.id).epochMetrics.filter(
      ({ name }) => name === 'loss',
    );
    expect(ofEpochs.at(-1)!.value).toBeLessThan(ofEpochs[0]!.value - 0.5);
    const ids = presentSampleIds(library);
    const h = readEmbeddings(library, run.weightsHash!, 'h', ids);
    expect(h.dimensions).toBe(128);
    expect(readEmbeddings(library, run.weightsHash!, 'z', ids)).toEqual(h);
    expect(run.metrics.knn).toBeGreaterThan(1 / 8);
    expect(run.metrics.alignment).toBeGreaterThan(0);
    // Two views of a picture are nearer than two pictures, of which the mean over pairs is known from Σh.
    const sums = Array.from({ length: 128 }, (_, axis) =>
      ids.reduce((total, _id, row) => total + h.vectors[row * 128 + axis]!, 0),
    );
    const length = sums.reduce((total, value) => total + value ** 2, 0);
    const cosine = (length - ids.length) / (ids.length * (ids.length - 1));
    expect(run.metrics.alignment).toBeLessThan((2 / 3) * (2 - 2 * cosine));
  });

  it('uses the cached views again, and gives the same weights for the same seed', async () => {
    const library = await scannedLibrary();
    const first = await train(library, 1, {});
    const second = await train(library, 2, {});
    const keeping = (messages: readonly string[]) =>
      messages.filter((text) => /: \d+ of/.test(text));
    expect(keeping(first.messages).length).toBeGreaterThan(keeping(second.messages).length);
    expect(second.run.weightsHash).toBe(first.run.weightsHash);
    const other = await train(library, 3, { seed: 6 });
    expect(other.run.weightsHash).not.toBe(first.run.weightsHash);
    const cached = library
      .query<{ draws: number; rows: number }>(
        'SELECT count(DISTINCT drawsHash) AS draws, count(*) AS rows FROM viewFeatures',
      )
      .get();
    // Those of the last training, and the common views by which every run's alignment is measured.
    expect(cached).toEqual({ draws: 2, rows: 192 });
  });

  it('is an adapter that begins at the frozen features and keeps their length', async () => {
    const library = await scannedLibrary();
    await runEmbedJob(testContext({ library, job: 1 }), { encoder: 'pixels', device: 'cpu' });
    const slow = { encoder: 'adapter', epochs: 1, learningRate: 1e-12 } as const;
    const { run } = await train(library, 2, slow);
    const ids = presentSampleIds(library);
    const frozen = readEmbeddings(library, findRun(library, 'pixels').weightsHash!, 'h', ids);
    const adapted = readEmbeddings(library, run.weightsHash!, 'h', ids);
    expect(adapted.dimensions).toBe(768);
    const gap = Math.max(
      ...adapted.vectors.map((value, index) => Math.abs(value - frozen.vectors[index]!)),
    );
    expect(gap).toBeLessThan(1e-5);
    // Without a head z is h.
    expect(readEmbeddings(library, run.weightsHash!, 'z', ids)).toEqual(adapted);
  });

  it('finds the same emoji again more often once verdicts draw them together', async () => {
    const library = await scannedLibrary();
    await runEmbedJob(testContext({ library, job: 1 }), { encoder: 'pixels', device: 'cpu' });
    judgeTwins(library);
    const before = twinRecall(library, findRun(library, 'pixels').weightsHash!);
    const { run } = await train(library, 2, {
      ...{ epochs: 60, batch: 96, verdicts: 'attract', ledgerSize: 8 },
      ...{ augmentation: 'gentle', settings: { temperature: 0.1 } },
    });
    expect(twinRecall(library, run.weightsHash!)).toBeGreaterThan(before + 0.1);
  });

  it('goes on top of a trained run, whose weights of that time stay in use', async () => {
    const library = await scannedLibrary();
    const { run } = await runTrainJob(testContext({ library, job: 1 }), {
      ...smallTraining,
      name: 'base',
      epochs: 2,
    });
    const head = await train(library, 2, { on: 'base', epochs: 1, objective: 'hard' });
    expect(head.run.settings['frozen']).toMatchObject({
      on: run,
      hash: findRun(library, run).weightsHash,
      dimensions: 128,
    });
    expect(embeddedSampleIds(library, head.run.weightsHash!, 'h')).toHaveLength(96);
    const again = await runEmbedJob(testContext({ library, job: 3 }), {
      encoder: head.run.name,
      device: 'cpu',
    });
    expect(again).toMatchObject({ embedded: 0, cached: 96, dimensions: 128 });
    await expect(train(library, 4, { on: head.run.name })).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('itself trained on the features of base') as string,
    });
  });

  it('goes on top of the starter encoder with HOG and colour, whitened as people see it', async () => {
    const library = await scannedLibrary();
    await runEmbedJob(testContext({ library, job: 1 }), { encoder: 'starter+hog', device: 'cpu' });
    const slow = { encoder: 'adapter', on: 'starter+hog', views: 2, epochs: 1 } as const;
    const { run } = await train(library, 2, { ...slow, learningRate: 1e-12 });
    const ids = presentSampleIds(library);
    const seen = readEmbeddings(library, findRun(library, 'starter+hog').weightsHash!, 'h', ids);
    const adapted = readEmbeddings(library, run.weightsHash!, 'h', ids);
    // 48 directions of each part for 96 pictures, and zeros up to 384.
    for (const picture of [0, 40, 95]) {
      const [one, other] = [seen, adapted].map(({ vectors, dimensions }) =>
        vectors.subarray(picture * dimensions, (picture + 1) * dimensions),
      );
      const similarity = one!.reduce((sum, value, index) => sum + value * other![index]!, 0);
      expect(similarity).toBeGreaterThan(0.9999);
    }
  });
});

describe('a head that cannot be trained', () => {
  const refused: [string, Partial<TrainInput>, string, RegExp][] = [
    ['without an encoder before it', { on: undefined }, 'bad-argument', /say which/],
    ['on an encoder that is not there', { on: 'dinov2' }, 'not-found', /There is no run dinov2/],
    [
      'by two encoders of lightness and colour',
      { objective: 'cmc' },
      'bad-argument',
      /which frozen features mix/,
    ],
    [
      'on fewer views than its objective needs',
      { objective: 'fnc', settings: { supportViews: 4 } },
      'bad-argument',
      /takes 6 different views .* only 4 are cached/,
    ],
    [
      'on fewer views than support in a bank needs',
      { objective: 'fnc', settings: { source: 'bank', supportViews: 4 } },
      'bad-argument',
      /takes 5 different views .* only 4 are cached/,
    ],
    ['on fewer pictures than a batch', { batch: 128 }, 'too-few-pictures', /96 .*128/],
    ['as a network of pictures', { encoder: 'resnet8' }, 'bad-argument', /trained on pictures/],
  ];

  it('says why, and leaves no run', async () => {
    const library = await scannedLibrary();
    for (const [, change, code, sentence] of refused) {
      await expect(train(library, 1, change)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(sentence) as string,
      });
    }
    expect(listRuns(library)).toEqual([]);
  });

  it('refuses embeddings that were made elsewhere, and features that changed since', async () => {
    const library = await scannedLibrary();
    const fresh = { encoder: 'cluster', objective: null, settings: {}, state: 'done' } as const;
    createRun(library, { name: 'imported', kind: 'imported', ...fresh });
    await expect(train(library, 1, { on: 'imported' })).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('made elsewhere') as string,
    });
    const { run } = await train(library, 2, { epochs: 1 });
    const frozen = { ...(run.settings['frozen'] as object), hash: 'f'.repeat(64), dimensions: 3 };
    library
      .query('UPDATE runs SET settings = ? WHERE id = ?')
      .run(JSON.stringify({ ...run.settings, frozen }), run.id);
    const embed = runEmbedJob(testContext({ library, job: 3 }), { encoder: run.id, device: 'cpu' });
    await expect(embed).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('768 numbers a picture instead of 3') as string,
    });
  });

  it('is cancelled while views are cached, and goes on with those that were', async () => {
    const library = await scannedLibrary();
    const context = testContext({ library, job: 1, cancelAt: 6 });
    await expect(runTrainJob(context, onPixels)).rejects.toMatchObject({ code: 'cancelled' });
    const cached = library.query<{ n: number }>('SELECT count(*) AS n FROM viewFeatures').get()!.n;
    expect(cached).toBeGreaterThan(0);
    expect(cached).toBeLessThan(96);
    const { run } = await train(library, 1, {});
    expect(listCheckpoints(library, run.id)).toHaveLength(3);
    const whole = await train(library, 2, {});
    expect(latestCheckpoint(library, run.id)!.weightsHash).toBe(whole.run.weightsHash);
  });
});

describe('a head on an encoder that was made elsewhere', () => {
  it('stores its features of views under its identity, and is refused where it is gone', async () => {
    const library = await scannedLibrary();
    const path = written(convModel);
    const { name, identity, selfTest } = await add(library, { path, name: 'conv' });
    const { run } = await train(library, 2, { on: name, views: 2, epochs: 1 });
    expect(run.settings['frozen']).toMatchObject({
      ...{ on: 'conv', hash: identity },
      dimensions: selfTest.dimensions,
    });
    const { vectors } = readEmbeddings(library, identity, 'h', presentSampleIds(library));
    expect(vectors).toHaveLength(96 * selfTest.dimensions);
    renameSync(path, `${path}.away`);
    await expect(train(library, 3, { on: name, views: 3 })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('which is gone') as string,
    });
  });
});
