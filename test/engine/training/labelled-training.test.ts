import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { readLedger } from '../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun, listRuns } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { splitLibrary } from '../../libraries/split-library.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const pictureCount = 48;

/** All pictures are one batch, so that every pair meets; a head on pixels trains in no time. */
const together: TrainInput = {
  ...smallTraining,
  ...{ encoder: 'head', on: 'pixels', views: 4 },
  ...{ batch: pictureCount, epochs: 2, ledgerSize: pictureCount },
};

type Kind = 'positive' | 'negative' | 'none';

/** What each pair was to a loss, by the last recorded epoch: by its two pictures' indices. */
async function pairsOf(library: Library, job: number, change: Partial<TrainInput>) {
  const input = { ...together, ...change };
  const { run } = await runTrainJob(testContext({ library, job }), input);
  const { ids, labelIndex, splitIndex, splits } = presentSamples(library);
  const epoch = findRun(library, run).epochs;
  const kindOf = (anchor: number, other: number): Kind => {
    const { negatives } = readLedger(library, run, epoch, ids[anchor]!)!;
    const at = negatives.ids.indexOf(ids[other]!);
    if (at < 0) return 'none';
    expect(negatives.weight[at] === 0).toBe(negatives.zone[at] === 3);
    return negatives.zone[at] === 3 ? 'positive' : 'negative';
  };
  const kinds = { own: new Set<Kind>(), hidden: new Set<Kind>(), other: new Set<Kind>() };
  for (const anchor of ids.keys()) {
    for (const other of ids.keys()) {
      if (anchor === other) continue;
      const isSame = labelIndex[anchor] === labelIndex[other];
      const isTrain = [anchor, other].every((one) => splits[splitIndex[one]!] === 'train');
      kinds[isSame ? (isTrain ? 'own' : 'hidden') : 'other'].add(kindOf(anchor, other));
    }
  }
  return { run, ...kinds };
}

const only = (kind: Kind) => new Set([kind]);

describe('a training that is given labels', () => {
  it('takes pictures of one label for positives, those of the named split alone', async () => {
    const library = await splitLibrary();
    const all = await pairsOf(library, 1, { objective: 'supcon' });
    expect([all.own, all.hidden, all.other]).toEqual([
      only('positive'),
      only('positive'),
      only('negative'),
    ]);
    const half = await pairsOf(library, 2, { objective: 'supcon', labelsOf: ['train'] });
    expect([half.own, half.hidden, half.other]).toEqual([
      only('positive'),
      only('negative'),
      only('negative'),
    ]);
    const [first, second] = [all, half].map(({ run }) => findRun(library, run));
    expect(second!.settings).toMatchObject({ positivesFrom: 'labels', labelsOf: ['train'] });
    expect(second!.settings['labelsGiven']).not.toBe(first!.settings['labelsGiven']);
    // 24 of the 48 pictures are in train.
    expect(first!.metrics.labelPictures).toBe(48);
    expect(second!.metrics.labelPictures).toBe(24);
    expect(second!.metrics.verdictPictures).toBeUndefined();
  });

  it('draws positives together: their shares add up to less than 0, those of negatives to 1', async () => {
    const library = await splitLibrary();
    const { run } = await pairsOf(library, 1, { objective: 'supcon' });
    const { ids } = presentSamples(library);
    for (const id of ids) {
      const { weight, share } = readLedger(library, run, 2, id)!.negatives;
      const sumOf = (isPositive: boolean): number =>
        share.reduce((sum, one, at) => sum + ((weight[at] === 0) === isPositive ? one : 0), 0);
      expect(sumOf(false)).toBeCloseTo(1, 4);
      expect(sumOf(true)).toBeLessThan(0);
    }
  });

  it.each([
    ['a batch', { objective: 'hard' }],
    ['a queue', { objective: 'moco', settings: { queueSize: pictureCount } }],
    ['a bank', { objective: 'ir', settings: { nceK: 0 } }],
    ['a bank under InfoNCE', { objective: 'ir-ring', settings: { nceK: 0, ringOuter: 1 } }],
  ] satisfies [string, Partial<TrainInput>][])(
    'masks the same label in %s, as far as it is given',
    async (_, change) => {
      const library = await splitLibrary();
      const masked = await pairsOf(library, 1, { ...change, labels: 'mask' });
      expect([masked.own, masked.hidden]).toEqual([only('none'), only('none')]);
      expect(masked.other.has('negative')).toBe(true);
      const half = await pairsOf(library, 2, { ...change, labels: 'mask', labelsOf: ['train'] });
      expect(half.own).toEqual(only('none'));
      expect(half.hidden.has('negative')).toBe(true);
      expect(half.hidden.has('positive')).toBe(false);
    },
  );

  it('takes what was judged the same for positives, alone or beside labels', async () => {
    const library = await splitLibrary();
    const { hashes, ids, labelIndex } = presentSamples(library);
    const judged = [0, labelIndex.findIndex((label) => label !== labelIndex[0])] as const;
    const verdict = { verdict: 'same', note: '', runId: null } as const;
    saveVerdict(library, [hashes[judged[0]]!, hashes[judged[1]]!], verdict);
    const positivesOf = async (job: number, positivesFrom: string) => {
      const { run, own } = await pairsOf(library, job, {
        ...{ objective: 'supcon', settings: { positivesFrom } },
      });
      const { negatives } = readLedger(library, run, 2, ids[judged[0]]!)!;
      const at = negatives.ids.indexOf(ids[judged[1]]!);
      return { own, isPositive: negatives.weight[at] === 0, run: findRun(library, run) };
    };
    const alone = await positivesOf(1, 'verdicts');
    expect([alone.own, alone.isPositive]).toEqual([only('negative'), true]);
    expect(alone.run.metrics).toMatchObject({ verdictPictures: 2 });
    expect(alone.run.settings).toMatchObject({ passOn: 'pairs', verdicts: 'ignore' });
    const both = await positivesOf(2, 'both');
    expect([both.own, both.isPositive]).toEqual([only('positive'), true]);
    const labels = await positivesOf(3, 'labels');
    expect([labels.own, labels.isPositive]).toEqual([only('positive'), false]);
  });

  it.each([
    ['supcon by labels and verdicts', { objective: 'supcon', settings: { positivesFrom: 'both' } }],
    ['labels and verdicts that mask', { objective: 'simclr', labels: 'mask', verdicts: 'mask' }],
  ] satisfies [string, Partial<TrainInput>][])(
    'pushes two pictures of one label apart that were judged different: %s',
    async (_, change) => {
      const library = await splitLibrary();
      const { hashes, ids, labelIndex } = presentSamples(library);
      const [one, other, third] = [...ids.keys()].filter(
        (row) => labelIndex[row] === labelIndex[0],
      );
      const verdict = { verdict: 'different', note: '', runId: null } as const;
      saveVerdict(library, [hashes[one!]!, hashes[other!]!], verdict);
      const { run } = await pairsOf(library, 1, { ...change, heldOut: 0 });
      const { negatives } = readLedger(library, run, 2, ids[one!]!)!;
      const weightOf = (row: number): number =>
        negatives.weight[negatives.ids.indexOf(ids[row]!)] ?? 0;
      expect(weightOf(other!)).toBeGreaterThan(0);
      expect(weightOf(third!)).toBe(0);
    },
  );

  it('goes on after a stop with the labels that it began with', async () => {
    const library = await scannedLibrary();
    const input: TrainInput = { ...smallTraining, objective: 'supcon', epochs: 3 };
    const whole = await runTrainJob(testContext({ library, job: 1 }), input);
    const stopped = testContext({ library, job: 2, cancelAt: 9 });
    await expect(runTrainJob(stopped, input)).rejects.toMatchObject({ code: 'cancelled' });
    expect(latestCheckpoint(library, listRuns(library).at(-1)!.id)).toMatchObject({ epoch: 1 });
    library.query("UPDATE files SET label = 'all of them'").run();
    const again = await runTrainJob(testContext({ library, job: 2 }), input);
    const weights = (run: number) => latestCheckpoint(library, run)?.weightsHash;
    expect(weights(again.run)).toBe(weights(whole.run));
    const other = await runTrainJob(testContext({ library, job: 3 }), input);
    expect(weights(other.run)).not.toBe(weights(whole.run));
  });

  it('is refused before it begins without labels, or for a split that there is not', async () => {
    const library = await splitLibrary();
    const train = (change: Partial<TrainInput>) =>
      runTrainJob(testContext({ library, job: 1 }), { ...together, ...change });
    await expect(train({ objective: 'supcon', labelsOf: ['test'] })).rejects.toThrow(
      'There is no split "test" whose labels could be given: there is train, val.',
    );
    library.query('UPDATE files SET label = NULL').run();
    for (const change of [{ objective: 'supcon' }, { labels: 'mask' }] as const) {
      await expect(train(change)).rejects.toThrow('no picture that it is on has one');
    }
    expect(listRuns(library)).toEqual([]);
  });
});
