import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import { decodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { latestCheckpoint, readCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { readEmbeddings } from '../../../src-main/engine/store/embeddings.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import { readLedger } from '../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds, presentSamples } from '../../../src-main/engine/store/samples.ts';
import {
  listVerdicts,
  removeVerdict,
  saveVerdict,
} from '../../../src-main/engine/store/verdicts.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

/** 96 pictures in 48 judged pairs, of which half is held out. */
const half: TrainInput = {
  ...smallTraining,
  ...{ encoder: 'head', on: 'pixels', views: 4, batch: 96, ledgerSize: 96 },
  ...{ verdicts: 'attract', heldOut: 0.5, epochs: 6, learningRate: 0.01 },
};

async function judgedLibrary(): Promise<Library> {
  const library = await scannedLibrary();
  const { hashes } = presentSamples(library);
  for (let index = 0; index + 1 < hashes.length; index += 2) {
    const pair = [hashes[index]!, hashes[index + 1]!] as const;
    saveVerdict(library, pair, { verdict: 'same', note: '', runId: null });
  }
  return library;
}

function recordedPairs(library: Library, run: number, name: string): [number, number][] {
  const { tensors } = decodeCheckpoint(latestCheckpoint(library, run)!.training!);
  const flat = [...tensors.find((tensor) => tensor.name === name)!.values].map(Number);
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at]!, flat[2 * at + 1]!]);
}

function reciprocalRanks(library: Library, run: number): number[] {
  return readHistory(library, run)
    .epochMetrics.filter(({ name, epoch }) => name === 'heldOutReciprocalRank' && epoch > 0)
    .map(({ value }) => value);
}

/** The mean reciprocal rank of pairs, from both of their pictures, by sorting all cosines. */
function meanReciprocalRank(library: Library, hash: string, pairs: [number, number][]): number {
  const ids = [...presentSampleIds(library)];
  const { vectors, dimensions } = readEmbeddings(library, hash, 'h', Uint32Array.from(ids));
  const cosine = (one: number, other: number): number => {
    const [a, b] = [ids.indexOf(one) * dimensions, ids.indexOf(other) * dimensions];
    return vectors
      .subarray(a, a + dimensions)
      .reduce((sum, value, at) => sum + value * vectors[b + at]!, 0);
  };
  const ranks = pairs
    .flatMap(([one, other]) => [
      [one, other],
      [other, one],
    ])
    .map(
      ([from, to]) =>
        1 +
        ids.filter((id) => id !== from && id !== to && cosine(from!, id) > cosine(from!, to!))
          .length,
    );
  return ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
}

describe('a training that holds verdicts out', () => {
  it('pushes held-out pairs as any negatives, and pulls those that it is fed', async () => {
    const library = await judgedLibrary();
    const { run } = await runTrainJob(testContext({ library, job: 1 }), { ...half, epochs: 1 });
    const share = ([one, other]: [number, number]): number => {
      const { ids, share: shares } = readLedger(library, run, 1, one)!.negatives;
      return shares[ids.indexOf(other)]!;
    };
    const fed = recordedPairs(library, run, 'verdictPairs');
    const held = recordedPairs(library, run, 'heldOutPairs');
    expect([fed.length, held.length]).toEqual([24, 24]);
    expect(new Set([...fed, ...held].flat()).size).toBe(96);
    expect(fed.every((pair) => share(pair) < 0)).toBe(true);
    expect(held.every((pair) => share(pair) > 0)).toBe(true);
    expect(findRun(library, run).settings).toMatchObject({ heldOut: 0.5, keepEpoch: 'best' });
  });

  it('measures them after each epoch, and keeps the weights of the best one', async () => {
    const library = await judgedLibrary();
    const input = { ...half, keepCheckpoints: 1 as const };
    const { run } = await runTrainJob(testContext({ library, job: 1 }), input);
    const values = reciprocalRanks(library, run);
    expect(values).toHaveLength(6);
    const best = values.indexOf(Math.max(...values)) + 1;
    const { weightsHash, metrics, epochs } = findRun(library, run);
    expect({ kept: metrics.keptEpoch, epochs }).toEqual({ kept: best, epochs: 6 });
    const kept = readCheckpoint(library, run, best)!;
    expect(kept.weightsHash).toBe(weightsHash);
    expect(kept.training).not.toBeNull();
    const held = recordedPairs(library, run, 'heldOutPairs');
    const value = meanReciprocalRank(library, weightsHash!, held);
    expect(value).toBeCloseTo(values[best - 1]!, 4);

    const last = { ...input, keepEpoch: 'last' as const };
    const plain = await runTrainJob(testContext({ library, job: 2 }), last);
    const lastRun = findRun(library, plain.run);
    expect(lastRun.metrics.keptEpoch).toBeUndefined();
    expect(lastRun.weightsHash).toBe(latestCheckpoint(library, plain.run)!.weightsHash);
  });

  it('chooses no epoch by fewer than 20 pairs', async () => {
    const library = await judgedLibrary();
    const input = { ...half, heldOut: 0.2, epochs: 2, patience: 1 };
    const { run, epochs, metrics } = await runTrainJob(testContext({ library, job: 1 }), input);
    expect(recordedPairs(library, run, 'heldOutPairs')).toHaveLength(9);
    expect({ epochs, kept: metrics.keptEpoch }).toEqual({ epochs: 2, kept: undefined });
    expect(reciprocalRanks(library, run)).toHaveLength(2);
  });

  it('stops when its patience is over', async () => {
    const library = await judgedLibrary();
    const whole = await runTrainJob(testContext({ library, job: 1 }), { ...half, epochs: 8 });
    const values = reciprocalRanks(library, whole.run);
    const input = { ...half, epochs: 8, patience: 1 };
    const stopped = await runTrainJob(testContext({ library, job: 2 }), input);
    // The first epoch that is not better than all before.
    const worse = values.findIndex(
      (value, at) => at > 0 && value <= Math.max(...values.slice(0, at)),
    );
    expect(stopped.epochs).toBe(worse < 0 ? 8 : worse + 1);
    expect(reciprocalRanks(library, stopped.run)).toEqual(values.slice(0, stopped.epochs));
  });

  it('goes on after a stop with what it held out, and keeps the same epoch', async () => {
    const library = await judgedLibrary();
    const whole = await runTrainJob(testContext({ library, job: 1 }), half);
    let reached = 0;
    const stopped = testContext({
      ...{ library, job: 2 },
      onReport: ({ detail }) => (reached = Number(detail?.['epoch'] ?? reached)),
    });
    const cancelled = new EngineError('cancelled', 'The job was cancelled.');
    const yieldToEvents = () => (reached < 4 ? Promise.resolve() : Promise.reject(cancelled));
    const training = runTrainJob({ ...stopped, yieldToEvents }, half);
    await expect(training).rejects.toMatchObject({ code: 'cancelled' });
    expect(reached).toBe(4);
    for (const { hashA, hashB } of listVerdicts(library)) removeVerdict(library, [hashA, hashB]);
    const again = await runTrainJob(testContext({ library, job: 2 }), half);
    const of = (run: number) => {
      const { weightsHash, metrics } = findRun(library, run);
      const held = recordedPairs(library, run, 'heldOutPairs');
      return { weightsHash, kept: metrics.keptEpoch, held, values: reciprocalRanks(library, run) };
    };
    expect(of(again.run)).toEqual(of(whole.run));
  });
});
