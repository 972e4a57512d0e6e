import { describe, expect, it } from 'vitest';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import {
  latestCheckpoint,
  listCheckpoints,
  readCheckpoint,
} from '../../../src-main/engine/store/checkpoints.ts';
import { findCompared } from '../../../src-main/engine/comparison/compared-weights.ts';
import {
  hasEmbeddings,
  readEmbeddings,
  saveEmbeddings,
} from '../../../src-main/engine/store/embeddings.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import { ledgerTotals } from '../../../src-main/engine/store/ledger.ts';
import { findRun, listRuns } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

function trainedWeights(library: Library, run: number): string | undefined {
  return latestCheckpoint(library, run)?.weightsHash;
}

describe('training job', () => {
  it('trains real pictures: the loss falls, every epoch is kept, every picture is embedded and scored', async () => {
    const library = await scannedLibrary();
    const reports: number[] = [];
    const context = testContext({
      library,
      job: 1,
      onReport: ({ progress }) => reports.push(progress),
    });
    const result = await runTrainJob(context, { ...smallTraining, epochs: 6, name: 'mine' });

    const run = findRun(library, 'mine');
    expect(result.run).toBe(run.id);
    expect(run.state).toBe('done');
    expect(run.settings).toMatchObject({ temperature: 0.5, batch: 24, size: 16, seed: 5 });
    const history = readHistory(library, run.id);
    expect([...history.steps]).toEqual(Array.from({ length: 24 }, (_, step) => step + 1));
    const losses = history.epochMetrics.filter(({ name }) => name === 'loss');
    expect(losses).toHaveLength(6);
    expect(losses[5]!.value).toBeLessThan(losses[0]!.value - 0.1);
    const named = (epoch: number) =>
      Object.fromEntries(
        history.epochMetrics
          .filter((metric) => metric.epoch === epoch)
          .map(({ name, value }) => [name, value]),
      );
    for (const epoch of [1, 2, 3, 4, 5, 6]) {
      expect(named(epoch)).toMatchObject({
        clampRate: 0,
      });
      // Of 46 negatives, which no longer take the push evenly.
      expect(named(epoch)['effectiveNegatives']).toBeGreaterThan(23);
      expect(named(epoch)['effectiveNegatives']).toBeLessThan(45.99);
      expect(named(epoch)['sameLabelShare']).toBeGreaterThan(0);
    }
    // The encoder before its first step is scored, too, on the same pictures.
    const start = named(0);
    expect(Object.keys(start).sort()).toEqual(
      [
        ...['knn', 'knnBalanced', 'precisionAt20', 'precisionCeiling', 'precisionChance'],
        ...['protocol', 'rankMe', 'scoredPictures', 'singletons', 'uniformity'],
      ].sort(),
    );
    const last = named(6);
    expect(start['scoredPictures']).toBe(last['scoredPictures']);
    expect(last['uniformity']).toBeLessThan(0);
    for (const name of ['knn', 'linear', 'alignment', 'precisionAt20']) {
      expect(last[name], name).toBeGreaterThan(0);
      expect(last[name], name).toBeLessThan(name === 'alignment' ? 4 : 1);
    }
    expect(listCheckpoints(library, run.id).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    const hashes = new Set(listCheckpoints(library, run.id).map(({ weightsHash }) => weightsHash));
    expect(hashes.size).toBe(6);
    const ids = presentSampleIds(library);
    expect(readEmbeddings(library, run.weightsHash!, 'h', ids).dimensions).toBe(128);
    expect(readEmbeddings(library, run.weightsHash!, 'z', ids).dimensions).toBe(64);
    expect(result.metrics.knn).toBeGreaterThan(1 / 8);
    expect(result.metrics.precisionAt20).toBeGreaterThan(0);
    expect(result.metrics.alignment).toBeGreaterThan(0);
    expect(result.metrics.uniformity).toBeLessThan(0);
    expect(reports).toEqual(reports.toSorted((a, b) => a - b));
  });

  it('lets the weights of epochs go that are not asked for, and says so of a comparison with one', async () => {
    const library = await scannedLibrary();
    const input = { ...smallTraining, epochs: 5, name: 'mine', keepCheckpoints: 2 };
    const { run } = await runTrainJob(testContext({ library, job: 1 }), input);
    expect(findRun(library, run).settings).toMatchObject({ keepCheckpoints: 2 });
    expect(listCheckpoints(library, run).map(({ epoch }) => epoch)).toEqual([3, 5]);
    expect(readCheckpoint(library, run, 4)).toBeNull();
    expect(() => findCompared(library, { run, epoch: 4 })).toThrow(
      'The run "mine" has no checkpoint of epoch 4: it was deleted, or never made.',
    );
    const id = presentSampleIds(library)[0]!;
    expect(ledgerTotals(library, run, id).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    const [first] = library.db
      .prepare('SELECT weightsHash FROM checkpoints WHERE epoch = 1')
      .pluck()
      .all() as string[];
    const vectors = { dimensions: 1, vectors: Float32Array.of(1) };
    saveEmbeddings(library, first!, 'h', Uint32Array.of(id), vectors);
    expect(findCompared(library, { run, epoch: 1 })).toMatchObject({ weightsHash: first });
  });

  it('gives the same weights bit for bit for the same seed, and others for another', async () => {
    const library = await scannedLibrary();
    const train = async (job: number, seed: number) => {
      const input = { ...smallTraining, epochs: 1, seed };
      const { run } = await runTrainJob(testContext({ library, job }), input);
      return trainedWeights(library, run);
    };
    const first = await train(1, 9);
    expect(await train(2, 9)).toBe(first);
    expect(await train(3, 10)).not.toBe(first);
  });

  it('is cancelled between steps, keeps the finished epochs, and leaves the run cancelled', async () => {
    const library = await scannedLibrary();
    // In the second epoch; the untrained encoder is scored before the first.
    const context = testContext({ library, job: 1, cancelAt: 11 });
    await expect(runTrainJob(context, smallTraining)).rejects.toMatchObject({ code: 'cancelled' });
    const [run] = listRuns(library);
    expect(run).toMatchObject({ state: 'cancelled', epochs: 1 });
    expect(listCheckpoints(library, run!.id)).toHaveLength(1);
    expect(hasEmbeddings(library, run!.weightsHash!, 'h')).toBe(false);
  });

  it('refuses fewer pictures than a batch and names both numbers, without leaving a run', async () => {
    const library = await scannedLibrary();
    const training = runTrainJob(testContext({ library, job: 1 }), {
      ...smallTraining,
      batch: 128,
    });
    await expect(training).rejects.toMatchObject({
      code: 'too-few-pictures',
      message: expect.stringMatching(/96 .*128/) as string,
    });
    expect(listRuns(library)).toEqual([]);
  });

  it('refuses a device that is not there, without leaving a run', async () => {
    const library = await scannedLibrary();
    const input = { ...smallTraining, device: 'quantum' };
    await expect(runTrainJob(testContext({ library, job: 1 }), input)).rejects.toMatchObject({
      code: 'device-unavailable',
      message: expect.stringContaining("no device 'quantum'") as string,
    });
    expect(listRuns(library)).toEqual([]);
  });

  it('refuses an unknown objective and a misspelt setting, and suggests the nearest', async () => {
    const library = await scannedLibrary();
    const train = (change: object) =>
      runTrainJob(testContext({ library, job: 1 }), { ...smallTraining, ...change });
    await expect(train({ objective: 'simcrl' })).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('simclr') as string,
    });
    await expect(train({ settings: { temprature: 1 } })).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('temperature') as string,
    });
  });

  it('names the temperature where that is what makes the loss no number', async () => {
    const library = await scannedLibrary();
    const input = { ...smallTraining, settings: { temperature: 1e-42 } };
    await expect(runTrainJob(testContext({ library, job: 1 }), input)).rejects.toMatchObject({
      code: 'training-diverged',
      message: expect.stringMatching(/temperature too low .*No epoch was finished/) as string,
    });
  });

  it('stops when the loss is no longer a number, keeps the last good epoch and names the usual cause', async () => {
    const library = await scannedLibrary();
    const input = { ...smallTraining, learningRate: 1e30, epochs: 5 };
    await expect(runTrainJob(testContext({ library, job: 1 }), input)).rejects.toMatchObject({
      code: 'training-diverged',
      message: expect.stringContaining('learning rate') as string,
    });
    const [run] = listRuns(library);
    expect(run?.state).toBe('failed');
    const weights = latestCheckpoint(library, run!.id);
    expect(run?.epochs).toBe(weights?.epoch ?? 0);
  });
});
