import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { readLedger } from '../../../src-main/engine/store/ledger.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

/** Four classes of twelve pictures. */
const classes = ['animal-bird', 'food-fruit', 'musical-instrument', 'transport-ground'];
const pictures = 48;
const epochs = 2;
/** In the second epoch the queue holds one older key of every anchor. */
const [queueSize, nceK] = [2 * pictures, pictures];
const mixing = { mixHardest: queueSize, mixPairs: 8, mixQueries: 4, mixWarmup: 0 };
const inQueue = { queueSize, selection: 'cancellation' };

const trainings: [string, Partial<TrainInput>][] = [
  ['moco', { settings: { queueSize } }],
  ['moco, the keys shuffled', { objective: 'moco', settings: { queueSize, batchNormSplits: 3 } }],
  ['mochi', { settings: { queueSize, ...mixing } }],
  ['negcut', { settings: { generatedUse: 'beside' } }],
  ['moco-ring', { settings: { queueSize, ringOuter: 1, ringInner: 0 } }],
  ['a hard queue', { objective: 'moco', settings: { queueSize, selection: 'hard' } }],
  ['ir', { settings: { nceK } }],
  ['ir, the whole bank', { objective: 'ir', settings: { nceK: 0 } }],
  ['ir-ring', { settings: { nceK, ringOuter: 1, ringInner: 0 } }],
  ['cmc', { settings: { nceK } }],
  ['cmc-ring', { settings: { nceK, ringOuter: 1, ringInner: 0 } }],
  ['fnc', { settings: { supportViews: 2, falseThreshold: -1 } }],
  ...(['attract', 'eliminate'] as const).map((falseAction): [string, Partial<TrainInput>] => [
    `fnc in a queue, ${falseAction}`,
    {
      objective: 'moco',
      settings: { ...inQueue, supportViews: 2, falseThreshold: -1, falseAction },
    },
  ]),
  [
    'fnc in a bank',
    { objective: 'fnc', settings: { source: 'bank', nceK, supportViews: 1, falseQuantile: 0.9 } },
  ],
];

/** What the last epoch recorded of each anchor. */
async function recorded(name: string, change: Partial<TrainInput>) {
  const library = await scannedLibrary(classes);
  const input = { ...smallTraining, batch: 12, epochs, ledgerSize: 256, objective: name };
  const { run } = await runTrainJob(testContext({ library, job: 1 }), { ...input, ...change });
  const ids = [...presentSampleIds(library)];
  return ids.map((id) => ({ id, anchor: readLedger(library, run, epochs, id)! }));
}

describe('an anchor is never among its own negatives', () => {
  it.each(trainings)('%s', async (name, change) => {
    const anchors = await recorded(name, change);
    expect(anchors).toHaveLength(pictures);
    for (const { id, anchor } of anchors) {
      expect(anchor.negatives.ids.length).toBeGreaterThan(0);
      expect([...anchor.negatives.ids]).not.toContain(id);
    }
  });

  it('all others in the queue are: its push is spread over that many', async () => {
    // At t = 10 each push is within e^±0.1 of the middle, so the number is short by 1 % at most: with
    // the own key it would be above 95, with one negative less at most 94.
    const anchors = await recorded('moco', { settings: { queueSize, temperature: 10 } });
    for (const { anchor } of anchors) {
      expect(anchor.effectiveNegatives).toBeGreaterThan(queueSize - 2);
      expect(anchor.effectiveNegatives).toBeLessThan(queueSize - 1 + 1e-3);
    }
  });

  it('the pictures of the others take the whole push', async () => {
    const anchors = await recorded('moco', { settings: { queueSize } });
    for (const { anchor } of anchors) {
      expect(anchor.negatives.share.reduce((sum, share) => sum + share)).toBeCloseTo(1, 4);
    }
  });
});
