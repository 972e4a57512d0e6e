import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trainAgainInput } from '../../../src-main/contract/train-again.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { decodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { checkRoomForFeatures } from '../../../src-main/engine/training/material/room-for-features.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { add } from '../encoders/loaded/encoder-jobs.ts';
import { graphFolder } from '../encoders/loaded/tfjs-folders.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const fixture = (name: string): string =>
  join(import.meta.dirname, '../../fixtures/tuned-onnx', `${name}.onnx`);

const tuning: TrainInput = {
  ...{ ...smallTraining, size: undefined, epochs: 1, encoder: 'finetune', views: 3 },
};
/** The last block of the starter encoder, on small pictures. */
const starter: TrainInput = { ...tuning, on: 'starter', trainFrom: 'extern1', size: 32 };

/** The last block of a small ONNX network. */
const net: TrainInput = { ...tuning, on: 'net', trainFrom: 'features.3' };
const netLibrary = (): Promise<Library> => libraryWith(fixture('mobilenet'));

async function train(library: Library, job: number, input: TrainInput) {
  const { run } = await runTrainJob(testContext({ library, job }), input);
  return findRun(library, run);
}

async function libraryWith(path: string): Promise<Library> {
  const library = await scannedLibrary();
  await add(library, { path, name: 'net' });
  return library;
}

const weightsOf = (library: Library, run: number) =>
  decodeCheckpoint(latestCheckpoint(library, run)!.weights).tensors.map(
    ({ values }) => values as Float32Array,
  );

const cachedRows = (library: Library) =>
  library
    .query<{ encoderHash: string; pictures: number; bytes: number }>(
      `SELECT encoderHash, count(*) AS pictures, max(length(vectors)) AS bytes FROM viewFeatures
       GROUP BY encoderHash, drawsHash`,
    )
    .all();

/** Views that are all the picture itself, so that fresh and cached ones are the same. */
const asTheyAre: Pick<TrainInput, 'augmentation' | 'augmentationOverrides'> = {
  augmentation: 'simclr',
  augmentationOverrides: {
    ...{ cropScaleMin: 1, cropScaleMax: 1, cropRatioMin: 1, cropRatioMax: 1, flipProbability: 0 },
    ...{ jitterProbability: 0, grayscaleProbability: 0, blurProbability: 0 },
  },
};

/** A training with fresh views, and the same with cached ones that show the same. */
async function bothWays(library: Library, change: Partial<TrainInput>) {
  const input = { ...tuning, learningRate: 0.003, ...change, ...asTheyAre };
  const one = await train(library, 21, { ...input, views: undefined });
  const other = await train(library, 22, input);
  return [one, other] as const;
}

describe('fine-tuning with cached views', () => {
  const cases: readonly [string, () => Promise<[Library, Partial<TrainInput>]>][] = [
    [
      'the starter encoder',
      async () => [await scannedLibrary(), { ...starter, learningRate: 0.02 }],
    ],
    [
      'a ViT by low-rank updates',
      async () => [
        await libraryWith(fixture('vit')),
        { on: 'net', trainFrom: 'blocks.1', lora: 2 },
      ],
    ],
    [
      'a TensorFlow.js graph model',
      async () => [await libraryWith(graphFolder()), { on: 'net', trainFrom: 'block_2' }],
    ],
    [
      'a run of a resnet8, by keys of a momentum encoder',
      async () => {
        const library = await scannedLibrary();
        const run = await train(library, 1, { ...smallTraining, epochs: 1 });
        return [library, { on: run.id, trainFrom: 'block3', objective: 'moco' }];
      },
    ],
  ];

  it.each(cases)('of %s has the losses of the whole network on the same views', async (_, make) => {
    const [library, change] = await make();
    const [fresh, cached] = await bothWays(library, change);
    expect(fresh.settings['views']).toBeUndefined();
    expect(cached.settings['views']).toBe(3);
    const [one, other] = [fresh, cached].map(({ id }) => readHistory(library, id));
    expect(one!.losses).toHaveLength(4);
    for (const [at, loss] of one!.losses.entries()) {
      expect(Math.abs(other!.losses[at]! - loss)).toBeLessThan(2e-3);
    }
    expect(Math.abs(one!.losses[0]! - one!.losses[3]!)).toBeGreaterThan(2e-3);
    const [all] = cachedRows(library);
    expect(all).toMatchObject({ pictures: 96 });
  });

  it('stores float16 features of each view, and those of one training at a time', async () => {
    const library = await libraryWith(fixture('resnet'));
    await train(library, 2, { ...tuning, on: 'net', trainFrom: 'layer2.1' });
    const [before] = cachedRows(library);
    expect(before!.encoderHash).toMatch(/^frozen part of /);
    await train(library, 3, { ...tuning, on: 'net', trainFrom: 'layer2.1', views: 2 });
    const after = cachedRows(library);
    expect(after).toEqual([{ ...before, bytes: (2 / 3) * before!.bytes }]);
  });

  it('is repeated with the same views, and named by the run', async () => {
    const library = await netLibrary();
    const run = await train(library, 1, net);
    expect(trainAgainInput(run, 'ignore', 96)).toMatchObject({ encoder: 'finetune', views: 3 });
    const fresh = await train(library, 2, { ...net, views: undefined });
    expect(trainAgainInput(fresh, 'ignore', 96)).toMatchObject({ views: 0 });
  });

  it.each([
    ['before its first step', /^Computing features .*: 64 of/, 1],
    ['after an epoch', /^Epoch 2/, 2],
  ])('ends at the same weights when it is killed %s and goes on', async (_, message, times) => {
    const two = { ...net, epochs: 2 };
    const undisturbed = await train(await netLibrary(), 1, two);
    const library = await netLibrary();
    let seen = 0;
    const killed = testContext({
      ...{ library, job: 1 },
      onReport: (report) => {
        if (message.test(report.message)) seen += 1;
        if (seen === times) throw new Error('killed');
      },
    });
    await expect(runTrainJob(killed, two)).rejects.toThrow('killed');
    const resumed = await train(library, 1, two);
    expect(resumed.weightsHash).toBe(undisturbed.weightsHash);
    expect(resumed.settings['views']).toBe(3);
  });

  it('goes on with fresh views where the run began with them, whatever an earlier version asked for', async () => {
    const library = await netLibrary();
    const two = { ...net, epochs: 2, views: undefined };
    const undisturbed = await train(await netLibrary(), 1, two);
    let seen = 0;
    const killed = testContext({
      ...{ library, job: 1 },
      onReport: (report) => {
        if (report.message.startsWith('Epoch 2')) seen += 1;
        if (seen === 2) throw new Error('killed');
      },
    });
    await expect(runTrainJob(killed, two)).rejects.toThrow('killed');
    // Inputs of earlier versions have 8 views for every encoder.
    const resumed = await train(library, 1, { ...two, views: 8 });
    expect(resumed.weightsHash).toBe(undisturbed.weightsHash);
  });

  it.each<[Partial<TrainInput>, RegExp]>([
    [{ trainFrom: 'Conv' }, /All layers of "the starter encoder" are trained, from Conv on/],
    [{ objective: 'cmc' }, /cmc separates lightness from colour.*set views to 0/],
    [
      { objective: 'fnc', settings: { supportViews: 1 }, views: 2 },
      /A step of fnc takes 3 different views of each picture, but only 2 are cached/,
    ],
  ])('refuses %o in a sentence', async (change, sentence) => {
    const library = await scannedLibrary();
    await expect(train(library, 1, { ...starter, ...change })).rejects.toThrow(sentence);
  });

  it('refuses features that would take more than half of the free disk', async () => {
    const free = (): Promise<number> => Promise.resolve(10e9);
    await expect(checkRoomForFeatures('/a/b.sqlite', 5e9, free)).resolves.toBeUndefined();
    await expect(checkRoomForFeatures('/a/b.sqlite', 6e9, free)).rejects.toThrow(
      /features of the views would take 6\.0 GB, more than half of the 10\.0 GB that are free/,
    );
  });

  it('changes the weights of the trained layers alone', async () => {
    const library = await scannedLibrary();
    const first = await train(library, 1, { ...smallTraining, epochs: 1 });
    const second = await train(library, 2, { ...tuning, on: first.id, trainFrom: 'block3' });
    const [before, after] = [weightsOf(library, first.id), weightsOf(library, second.id)];
    const names = decodeCheckpoint(latestCheckpoint(library, second.id)!.weights).tensors;
    for (const [at, { name }] of names.entries()) {
      const isKept = !name.startsWith('block3') || name.includes('running');
      expect(
        after[at]!.every((value, k) => value === before[at]![k]),
        name,
      ).toBe(isKept);
    }
  });
});
