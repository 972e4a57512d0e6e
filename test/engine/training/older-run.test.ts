import { expect, it } from 'vitest';
import { recordedChoices } from '../../../src-main/contract/train-again.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { decodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const classes = ['animal-bird', 'food-fruit', 'musical-instrument', 'transport-ground'];
const pictures = 48;
/** 4 steps an epoch. */
const asked: TrainInput = { ...smallTraining, batch: 12, epochs: 2 };
/** The defaults of earlier versions for so many pictures, which its runs recorded. */
const formerly: [string, TrainInput['settings']][] = [
  ['moco', { queueSize: pictures, keyMomentum: 0.999 }],
  [
    'mochi',
    {
      ...{ queueSize: pictures, keyMomentum: 0.999, mixHardest: pictures },
      ...{ mixPairs: 512, mixQueries: 256, mixWarmup: 0 },
    },
  ],
  ['ir', { nceK: pictures }],
  ['cmc', { nceK: pictures }],
];

it.each(formerly)(
  '%s goes on as it began under the defaults of an earlier version',
  async (objective, settings) => {
    const library = await scannedLibrary(classes);
    const splits: TrainInput['settings'] = 'queueSize' in settings ? { batchNormSplits: 1 } : {};
    const begun: TrainInput = {
      ...{ ...asked, objective, settings: { ...settings, ...splits } },
      ...{ optimiser: 'sgd', learningRate: 0.03 },
    };
    // In the second epoch.
    const killed = testContext({ library, job: 1, cancelAt: 11 });
    await expect(runTrainJob(killed, begun)).rejects.toThrow('cancelled');
    expect(findRun(library, 1).epochs).toBe(1);
    const now = Object.entries(findRun(library, 1).settings);
    const recorded = Object.fromEntries(now.filter(([key]) => key !== 'batchNormSplits'));
    library.write(() => {
      library.query('UPDATE runs SET settings = ? WHERE id = 1').run(JSON.stringify(recorded));
    });

    await runTrainJob(testContext({ library, job: 1 }), { ...asked, objective, settings: {} });
    const run = findRun(library, 1);
    expect(run).toMatchObject({ state: 'done', epochs: 2, settings: recorded });
    const { tensors } = decodeCheckpoint(latestCheckpoint(library, 1)!.training!);
    const queue = tensors.find(({ name }) => name === 'queueIds');
    expect(queue?.values.length).toBe(settings['queueSize']);
  },
);

it('a run of an earlier version had no splits of batch norm, to be trained again', () => {
  expect(recordedChoices('moco', { queueSize: 96 })).toEqual({
    settings: { queueSize: 96, batchNormSplits: 1 },
  });
  const now = { queueSize: 96, batchNormSplits: 3 };
  expect(recordedChoices('moco', now)).toEqual({ settings: now });
  expect(recordedChoices('simclr', { temperature: 0.2 })).toEqual({
    settings: { temperature: 0.2 },
  });
});
