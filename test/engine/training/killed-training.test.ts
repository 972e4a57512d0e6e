import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import { ledgerTotals, readLedger } from '../../../src-main/engine/store/ledger.ts';
import type { LedgerAnchor } from '../../../src-main/engine/store/ledger.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun, listRuns } from '../../../src-main/engine/store/runs.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { decodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibraryFile } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const classes = ['animal-bird', 'food-fruit', 'musical-instrument', 'transport-ground'];
const pictures = 48;
const epochs = 2;
/** 4 steps an epoch. */
const training = { ...smallTraining, epochs, batch: 12 };
const steps = 4 * epochs;
/** Chooses when each is killed. */
const random = seedRandom(8);

/** The arrays that each source carries in addition to weights and optimiser. */
const trainings: [Partial<TrainInput>, readonly string[]][] = [
  [{ objective: 'simclr', keepCheckpoints: 1 }, []],
  [
    { objective: 'moco-ring', settings: { ringAnneal: 'adaptive', batchNormSplits: 3 } },
    ['keyWeights', 'keyStatistics', 'queue', 'queueIds', 'ringAnnealing'],
  ],
  [
    {
      objective: 'mochi',
      settings: { queueSize: 48, mixHardest: 20, mixPairs: 8, mixQueries: 4, mixWarmup: 1 },
    },
    ['queue', 'queueIds'],
  ],
  [
    { objective: 'negcut' },
    [
      'generator.weights',
      'generator.firstMoment',
      'generator.secondMoment',
      'generator.keyWeights',
    ],
  ],
  [
    {
      objective: 'negcut',
      settings: { source: 'queue', queueSize: 24, generatedUse: 'beside', generatedNegatives: 7 },
    },
    ['queue', 'keyWeights', 'generator.weights', 'generator.keyStatistics'],
  ],
  [{ objective: 'fnc', settings: { supportViews: 1 } }, []],
  [
    {
      objective: 'fnc',
      settings: { source: 'queue', queueSize: 24, supportViews: 1, falseQuantile: 0.9 },
    },
    ['keyWeights', 'keyStatistics', 'queue', 'queueIds'],
  ],
  [
    { objective: 'fnc', settings: { source: 'bank', nceK: 32, supportViews: 1 } },
    ['bank', 'bankIds'],
  ],
  [{ objective: 'ir-ring', settings: { nceK: 32 } }, ['bank', 'bankIds']],
  [{ objective: 'cmc-ring', settings: { nceK: 32 } }, ['lightnessBank', 'colourBank']],
  [
    { objective: 'cmc-nce', settings: { nceK: 32, normaliser: 'first' } },
    ['lightnessBank', 'colourBank', 'lightnessLogNormaliser', 'colourLogNormaliser'],
  ],
  [{ objective: 'prototypes' }, ['bank', 'bankIds', 'bankSeen', 'prototypes']],
  [{ encoder: 'head', on: 'pixels', views: 4 }, []],
  [
    { encoder: 'adapter', on: 'pixels', views: 4, objective: 'moco' },
    ['keyWeights', 'keyStatistics', 'queue', 'queueIds'],
  ],
];

describe('a training killed with SIGKILL', () => {
  it.each(trainings)('%o goes on to the weights of a run never killed', async (change, carried) => {
    const input = { ...training, ...change };
    const file = await scannedLibraryFile(classes);
    const killedAt = 2 + random.index(steps - 2);
    await killAtStep(file, input, killedAt);

    const library = openLibrary(file, { mode: 'write', now: Date.now });
    try {
      const half = findRun(library, 1);
      expect(half, `killed at step ${killedAt}`).toMatchObject({ state: 'training' });
      expect(half.epochs).toBeLessThan(epochs);
      await runTrainJob(testContext({ library, job: 1 }), input);
      expect(listRuns(library)).toHaveLength(1);
      const whole = await runTrainJob(testContext({ library, job: 2 }), input);
      const checkpoints = [1, whole.run].map((run) => latestCheckpoint(library, run)!);
      const [first, second] = checkpoints.map(({ weightsHash }) => weightsHash);
      expect(first, `killed at step ${killedAt}`).toBe(second);
      const [left, right] = checkpoints.map(({ training }) => keptArrays(training!));
      expect(left).toEqual(right);
      expect(Object.keys(left!)).toEqual(expect.arrayContaining([...carried]));
      const losses = (run: number) => [...readHistory(library, run).losses];
      expect(losses(1)).toEqual(losses(whole.run));
      expect(losses(1)).toHaveLength(steps);
      expect(recordedLedger(library, 1)).toHaveLength(epochs * pictures);
      expect(recordedLedger(library, 1)).toEqual(recordedLedger(library, whole.run));
    } finally {
      library.close();
    }
  });
});

function keptArrays(training: Uint8Array): Record<string, unknown> {
  const { tensors } = decodeCheckpoint(training);
  return Object.fromEntries(tensors.map(({ name, values }) => [name, values]));
}

function recordedLedger(library: Library, run: number): LedgerAnchor[] {
  const ids = [...presentSampleIds(library)];
  return ids.flatMap((id) =>
    ledgerTotals(library, run, id)
      .map(({ epoch }) => epoch)
      .map((epoch) => readLedger(library, run, epoch, id)!),
  );
}

/** Runs the training in a process of its own and kills it without warning once it reports that step. */
async function killAtStep(file: string, input: TrainInput, step: number): Promise<void> {
  const script = join(import.meta.dirname, 'train-process.ts');
  const parameters = [script, file, JSON.stringify(input)];
  const child = spawn(process.execPath, ['--no-warnings', ...parameters]);
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(`step ${step}\n`)) child.kill('SIGKILL');
    });
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`The training ended by itself with ${code ?? 'no code'}.`));
    });
  });
}
