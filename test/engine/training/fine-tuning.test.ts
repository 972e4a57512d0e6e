import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { exportEncoderInput } from '../../../src-main/contract/exports.ts';
import { trainAgainInput } from '../../../src-main/contract/train-again.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { decodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { runEmbedJob } from '../../../src-main/engine/encoders/embed-job.ts';
import { tunableStarter } from '../../../src-main/engine/encoders/starter/tunable-starter.ts';
import { runExportEncoderJob } from '../../../src-main/engine/exchange/encoder-files/export-encoder-job.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readPixels } from '../../../src-main/engine/store/pixels.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

/** The last block of the starter encoder, on small pictures. */
const withoutSize: TrainInput = { ...smallTraining, size: undefined };
const tuning: TrainInput = {
  ...withoutSize,
  ...{ encoder: 'finetune', on: 'starter', trainFrom: 'extern1', size: 32, epochs: 1 },
};

async function train(library: Library, job: number, input: TrainInput) {
  const { run } = await runTrainJob(testContext({ library, job }), input);
  return findRun(library, run);
}

const weightsOf = (library: Library, run: number) =>
  new Map(
    decodeCheckpoint(latestCheckpoint(library, run)!.weights).tensors.map(({ name, values }) => [
      name,
      values as Float32Array,
    ]),
  );

/** The largest distance between two arrays' values. */
function largestGap(one: Float32Array, other: ArrayLike<number>): number {
  return one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at]!)), 0);
}

describe('fine-tuning the starter encoder', () => {
  it('begins with its weights, trains from the chosen layer on, and embeds, exports and repeats', async () => {
    const library = await scannedLibrary();
    const run = await train(library, 1, tuning);
    expect(run.encoder).toBe('finetune');
    expect(run.settings).toMatchObject({
      ...{ size: 32, head: 'none', augmentation: 'gentle', schedule: 'cosine', temperature: 0.1 },
      tuned: { on: 'starter', trainFrom: 'extern1', layerDecay: 0.65, whitened: 384 },
    });
    const weights = weightsOf(library, run.id);
    const { modelFolder } = testContext({ library, job: 2 });
    const given = (await tunableStarter(modelFolder)).trainFrom('extern1', 1).specs;
    expect([...weights.keys()]).toEqual([
      ...given.map(({ name }) => name),
      ...['frozen.mean', 'frozen.directions', 'adapter.linear.weight'],
    ]);
    for (const { name, start } of given) {
      const moved = largestGap(weights.get(name)!, start.kind === 'given' ? start.values : []);
      expect(moved).toBeGreaterThan(0);
      // Four steps of Adam at 0.001 · 0.65 move no weight further.
      expect(moved).toBeLessThan(4 * 0.00066);
    }
    const ids = presentSampleIds(library);
    const h = readEmbeddings(library, run.weightsHash!, 'h', ids);
    expect(h.dimensions).toBe(384);

    const file = join(temporaryFolder(), 'tuned.onnx');
    const context = testContext({ library, job: 3 });
    await runExportEncoderJob(context, exportEncoderInput.parse({ run: run.id, file }));
    const session = await InferenceSession.create(await readFile(file));
    const images = readPixels(library, ids.subarray(0, 4), 32);
    const exported = await session.run({ images: new Tensor('uint8', images, [4, 32, 32, 3]) });
    const written = exported['h']!.data as Float32Array;
    expect(largestGap(written, h.vectors)).toBeLessThan(1e-5);

    library.query('DELETE FROM embeddings').run();
    await runEmbedJob(testContext({ library, job: 4 }), { encoder: run.id, device: 'cpu' });
    const again = readEmbeddings(library, run.weightsHash!, 'h', ids).vectors;
    expect(largestGap(again, h.vectors)).toBeLessThan(1e-5);

    const repeated = trainAgainInput(run, 'attract', 96);
    // What is held out of the verdicts is recorded with a use of them only.
    const wanted = { ...tuning, verdicts: 'attract', groupPositives: 0.7, heldOut: 0.2 };
    expect(repeated).toMatchObject(wanted);
  });

  it('goes on from a fine-tuned run under another objective, with all that it trained', async () => {
    const library = await scannedLibrary();
    const first = await train(library, 1, tuning);
    const slow = { ...tuning, on: first.id, objective: 'debiased', learningRate: 1e-12 };
    // A later layer would leave the block that was trained before out of the checkpoint.
    const second = await train(library, 2, { ...slow, trainFrom: 'extern1' });
    const [before, after] = [weightsOf(library, first.id), weightsOf(library, second.id)];
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [name, values] of before) {
      expect(largestGap(after.get(name)!, values), name).toBeLessThan(1e-6);
    }
    expect(second.settings['tuned']).toMatchObject({ on: first.id, name: first.name });
  });

  it('ends at the same weights when it is killed after an epoch and goes on', async () => {
    const whole = await scannedLibrary();
    const two = { ...tuning, epochs: 2 };
    const undisturbed = await train(whole, 1, two);
    const library = await scannedLibrary();
    let breaths = 0;
    const killed = testContext({
      library,
      job: 1,
      onReport: ({ message }) => {
        if (message.startsWith('Epoch 2')) breaths += 1;
        if (breaths === 2) throw new Error('killed');
      },
    });
    await expect(runTrainJob(killed, two)).rejects.toThrow('killed');
    const resumed = await train(library, 1, two);
    expect(resumed.weightsHash).toBe(undisturbed.weightsHash);
  });
});

describe('fine-tuning a run', () => {
  it('begins with its weights, keeps the layers before the chosen one and all statistics of batch norm', async () => {
    const library = await scannedLibrary();
    const first = await train(library, 1, { ...smallTraining, epochs: 1 });
    const second = await train(library, 2, {
      ...withoutSize,
      ...{ encoder: 'finetune', on: first.id, trainFrom: 'block3', objective: 'hard', epochs: 1 },
    });
    expect(second.encoder).toBe('resnet8');
    expect(second.settings).toMatchObject({
      ...{ size: 16, head: 'none' },
      tuned: { on: first.id, trainFrom: 'block3' },
    });
    const [before, after] = [weightsOf(library, first.id), weightsOf(library, second.id)];
    for (const [name, values] of after) {
      const isKept = !name.startsWith('block3') || name.includes('running');
      const former = before.get(name)!;
      expect(
        values.every((value, at) => value === former[at]),
        name,
      ).toBe(isKept);
    }
    expect(trainAgainInput(second, 'mask', 96)).toMatchObject({
      ...{ encoder: 'finetune', on: first.id, trainFrom: 'block3', size: 16 },
    });
  });

  it('goes on from an adapter on the starter encoder, whose network is trained with it', async () => {
    const library = await scannedLibrary();
    const adapter = await train(library, 1, {
      ...{ ...smallTraining, encoder: 'adapter', on: 'starter', views: 2, epochs: 1 },
    });
    const tuned = await train(library, 2, { ...tuning, on: adapter.id, learningRate: 1e-12 });
    const [before, after] = [weightsOf(library, adapter.id), weightsOf(library, tuned.id)];
    for (const name of ['frozen.directions', 'adapter.linear.weight']) {
      expect(largestGap(after.get(name)!, before.get(name)!)).toBeLessThan(1e-6);
    }
    expect(trainAgainInput(adapter, 'attract', 96)).toMatchObject({
      ...{ encoder: 'adapter', on: 'starter', views: 2, adapter: 'linear' },
    });
  });

  it.each<[Partial<TrainInput>, RegExp]>([
    [{ on: 'pixels' }, /no weights to tune in raw pixels; fine-tune the starter/],
    [{ trainFrom: 'expanded_conv_99' }, /no layer "expanded_conv_99"/],
    [{ objective: 'cmc' }, /takes whole colours/],
    [{ on: 'nobody' }, /nobody/],
  ])('refuses %o in a sentence', async (change, sentence) => {
    const library = await scannedLibrary();
    await expect(train(library, 1, { ...tuning, ...change })).rejects.toThrow(sentence);
  });
});
