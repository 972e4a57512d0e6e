import { describe, expect, it } from 'vitest';
import { ledgerTotals, readLedger } from '../../../src-main/engine/store/ledger.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { listRuns } from '../../../src-main/engine/store/runs.ts';
import type { PassOn } from '../../../src-main/contract/pass-on.ts';
import { savePassOn } from '../../../src-main/engine/store/pass-on.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import {
  listVerdicts,
  removeVerdict,
  saveVerdict,
} from '../../../src-main/engine/store/verdicts.ts';
import { judgedSameNegatives } from '../../../src-main/engine/verdicts/judged-same-negatives.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

const pictureCount = 48;

interface Pictures {
  readonly library: Library;
  /** The same emoji by another vendor, by sample id. */
  readonly twinOf: ReadonlyMap<number, number>;
}

/** Real emoji of two vendors each; the training does not know them. */
async function twins(): Promise<Pictures> {
  const library = await scannedLibrary([
    ...['animal-bird', 'food-fruit', 'musical-instrument', 'transport-ground'],
  ]);
  const { ids, paths } = presentSamples(library);
  expect(ids).toHaveLength(pictureCount);
  const nameOf = (path: string): string => path.split('__')[0]!;
  const twinOf = new Map<number, number>();
  for (const [index, id] of ids.entries()) {
    const twin = paths.findIndex(
      (path, other) => other !== index && nameOf(path) === nameOf(paths[index]!),
    );
    if (twin >= 0) twinOf.set(id, ids[twin]!);
  }
  expect(twinOf.size).toBeGreaterThan(0.6 * pictureCount);
  return { library, twinOf };
}

function judgeTwins({ library, twinOf }: Pictures): void {
  const { ids, hashes } = presentSamples(library);
  const hashOf = new Map(Array.from(ids, (id, index) => [id, hashes[index]!]));
  for (const [id, twin] of twinOf) {
    if (id > twin) continue;
    const pair = [hashOf.get(id)!, hashOf.get(twin)!] as const;
    saveVerdict(library, pair, { verdict: 'same', note: '', runId: null });
  }
}

/** All pictures are one batch, so that every pair meets in every epoch. */
const together: TrainInput = {
  ...smallTraining,
  batch: pictureCount,
  epochs: 8,
  ledgerSize: pictureCount,
};

/** Where the twin is among each anchor's recorded negatives of the last epoch, -1 where it is not, and its share. */
async function twinsOfRun(
  { library, twinOf }: Pictures,
  job: number,
  change: Partial<TrainInput>,
): Promise<{ rank: number; share: number }[]> {
  const { run } = await runTrainJob(testContext({ library, job }), { ...together, ...change });
  return [...twinOf].map(([anchor, twin]) => {
    const epoch = ledgerTotals(library, run, anchor)
      .map(({ epoch }) => epoch)
      .at(-1)!;
    const { ids, share } = readLedger(library, run, epoch, anchor)!.negatives;
    const rank = ids.indexOf(twin);
    return { rank, share: share[rank] ?? 0 };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

describe('a training with verdicts', () => {
  it('shows twins among the hardest negatives, does not push them when masked, pulls them when attracted', async () => {
    const pictures = await twins();
    const before = await twinsOfRun(pictures, 1, {});
    // Among 47 a picture without likeness to the anchor would be 23rd in the middle.
    expect(before.every(({ share }) => share > 0)).toBe(true);
    expect(median(before.map(({ rank }) => rank))).toBeLessThan(12);
    expect(before.filter(({ rank }) => rank < 3).length).toBeGreaterThan(before.length / 5);

    judgeTwins(pictures);
    const [plain] = listRuns(pictures.library);
    const pushed = judgedSameNegatives(pictures.library, plain!.id)!;
    // Everything met in one batch, so that each twin was a negative of the other.
    expect(pushed).toMatchObject({ pairs: before.length / 2, negatives: before.length / 2 });
    const shares = before.reduce((total, { share }) => total + share, 0);
    expect(pushed.gradientShare).toBeCloseTo(shares / before.length, 6);

    const masked = await twinsOfRun(pictures, 2, { verdicts: 'mask' });
    expect(masked.map(({ rank }) => rank)).toEqual(masked.map(() => -1));
    const fallen = { pairs: pushed.pairs, negatives: 0, gradientShare: 0 };
    expect(judgedSameNegatives(pictures.library, plain!.id + 1)).toMatchObject(fallen);

    const attracted = await twinsOfRun(pictures, 3, { verdicts: 'attract' });
    expect(attracted.every(({ share }) => share < 0)).toBe(true);
  });

  it.each([
    ['the keys of twins in a queue', { objective: 'moco', settings: { queueSize: pictureCount } }],
    ['noise draws of twins under binary NCE', { objective: 'ir', settings: { nceK: 0 } }],
    ['the rows of twins in two banks', { objective: 'cmc', settings: { nceK: 0 } }],
    ['twins for a head on frozen features', { encoder: 'head', on: 'pixels', views: 4 }],
    [
      'twins in the queue of an adapter',
      {
        ...{ encoder: 'adapter', on: 'pixels', views: 4 },
        ...{ objective: 'moco', settings: { queueSize: pictureCount } },
      },
    ],
    ['the rows of twins in a bank', { objective: 'ir-ring', settings: { nceK: 0, ringOuter: 1 } }],
  ] satisfies [string, Partial<TrainInput>][])('masks %s too', async (_, objective) => {
    const pictures = await twins();
    judgeTwins(pictures);
    const change = { ...objective, epochs: 2 };
    const ignored = await twinsOfRun(pictures, 1, change);
    expect(ignored.filter(({ rank }) => rank >= 0).length).toBeGreaterThan(0.5 * ignored.length);
    const masked = await twinsOfRun(pictures, 2, { ...change, verdicts: 'mask' });
    expect(masked.map(({ rank }) => rank)).toEqual(masked.map(() => -1));
  });

  it('masks what a firm group makes the same where verdicts pass on, and judged pairs alone elsewhere', async () => {
    const pictures = await twins();
    const { library } = pictures;
    const { ids, hashes } = presentSamples(library);
    // A ring of four, and a fifth picture at the end of one chain.
    const judged = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
      [3, 4],
    ] as const;
    for (const [one, other] of judged) {
      const verdict = { verdict: 'same', note: '', runId: null } as const;
      saveVerdict(library, [hashes[one]!, hashes[other]!], verdict);
    }
    const pushed = async (job: number, passOn: PassOn) => {
      savePassOn(library, passOn);
      const change = { ...together, epochs: 1, verdicts: 'mask' } as const;
      const { run } = await runTrainJob(testContext({ library, job }), change);
      expect(listRuns(library).at(-1)!.settings).toMatchObject({ verdicts: 'mask', passOn });
      return (one: number, other: number) =>
        readLedger(library, run, 1, ids[one]!)!.negatives.ids.includes(ids[other]!);
    };
    const byPairs = await pushed(1, 'pairs');
    expect(judged.map(([one, other]) => byPairs(one, other))).toEqual(judged.map(() => false));
    expect([byPairs(0, 2), byPairs(1, 3), byPairs(2, 4)]).toEqual([true, true, true]);
    const byGroups = await pushed(2, 'groups');
    expect(judged.map(([one, other]) => byGroups(other, one))).toEqual(judged.map(() => false));
    expect([byGroups(0, 2), byGroups(1, 3), byGroups(2, 4)]).toEqual([false, false, true]);
  });

  it('goes on after a stop with the verdicts that it began with', async () => {
    const pictures = await twins();
    const { library } = pictures;
    judgeTwins(pictures);
    const input: TrainInput = { ...smallTraining, batch: 24, epochs: 2, verdicts: 'mask' };
    const whole = await runTrainJob(testContext({ library, job: 1 }), input);
    const stopped = testContext({ library, job: 2, cancelAt: 6 });
    await expect(runTrainJob(stopped, input)).rejects.toMatchObject({ code: 'cancelled' });
    for (const { hashA, hashB } of listVerdicts(library)) removeVerdict(library, [hashA, hashB]);
    const again = await runTrainJob(testContext({ library, job: 2 }), input);
    const weights = (run: number) => latestCheckpoint(library, run)?.weightsHash;
    expect(weights(again.run)).toBe(weights(whole.run));
  });

  it('is refused before it begins where verdicts contradict each other or cannot be used', async () => {
    const { library } = await twins();
    const { hashes, paths } = presentSamples(library);
    const say = (first: number, verdict: 'same' | 'different', second: number) =>
      saveVerdict(library, [hashes[first]!, hashes[second]!], { verdict, note: '', runId: null });
    say(0, 'same', 1);
    say(1, 'same', 2);
    say(2, 'same', 3);
    say(3, 'same', 0);
    say(0, 'different', 2);
    savePassOn(library, 'groups');
    const train = (change: Partial<TrainInput>) =>
      runTrainJob(testContext({ library, job: 1 }), { ...smallTraining, ...change });
    await expect(train({ verdicts: 'mask' })).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining(
        `"${paths[0]!}" and "${paths[2]!}" are different`,
      ) as unknown,
    });
    await expect(train({ verdicts: 'mask', objective: 'fnc' })).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('Verdicts cannot be used with fnc') as unknown,
    });
    expect(listRuns(library)).toEqual([]);
  });
});
