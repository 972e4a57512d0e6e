import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../../src-main/contract/runs.ts';
import { latestCheckpoint } from '../../../../src-main/engine/store/checkpoints.ts';
import { ledgerEpoch } from '../../../../src-main/engine/store/ledger.ts';
import type { LedgerAnchor } from '../../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../../src-main/engine/store/samples.ts';
import {
  listVerdicts,
  removeVerdict,
  saveVerdict,
} from '../../../../src-main/engine/store/verdicts.ts';
import { runTrainJob } from '../../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../../libraries/scanned-library.ts';
import { smallTraining, testContext } from '../job-contexts.ts';

const pictureCount = 96;
/** Four batches an epoch, whose 23 other pictures are all recorded. */
const onPixels: TrainInput = {
  ...smallTraining,
  ...{ encoder: 'head', on: 'pixels', views: 4, batch: 24, ledgerSize: 96, epochs: 4 },
};

async function train(library: Library, job: number, change: Partial<TrainInput>) {
  const { run } = await runTrainJob(testContext({ library, job }), { ...onPixels, ...change });
  return findRun(library, run);
}

const proximity = { batches: 'proximity', proximityNeighbours: 10 } as const;

describe('a training whose batches are of near pictures', () => {
  it('meets more of the nearest as negatives, those of another label above all', async () => {
    const library = await scannedLibrary();
    const random = await train(library, 1, {});
    const walked = await train(library, 2, proximity);
    const grouped = await train(library, 3, { batches: 'group', groupBy: 'neighbours' });
    // By chance 23 of the 95 others are met; what was met in the last epoch need not be near after it.
    expect(random.metrics.nearestMet).toBeGreaterThan(0.15);
    expect(random.metrics.nearestMet).toBeLessThan(0.35);
    for (const near of [walked, grouped]) {
      expect(near.metrics.hardMet).toBeGreaterThan(1.15 * (random.metrics.hardMet ?? NaN));
      expect(near.metrics.sameLabelMet).toBeGreaterThanOrEqual(0);
    }
    // The walks keep apart what is suspected: of the hard ones more is gained than of the false ones.
    const gained = (name: 'hardMet' | 'sameLabelMet'): number =>
      (walked.metrics[name] ?? NaN) / (random.metrics[name] ?? NaN);
    expect(gained('hardMet')).toBeGreaterThan(gained('sameLabelMet'));
    expect(walked.settings).toMatchObject({ ...proximity, restartProbability: 0.2 });
    expect(random.settings).not.toHaveProperty('batches');
  });

  it.each([
    ['a graph an epoch', proximity],
    ['a graph of three epochs', { ...proximity, graphEpochs: 3 }],
    ['groups of one label', { batches: 'group' }],
  ] as const)('goes on after a stop as if there had been none: %s', async (_, choice) => {
    const library = await scannedLibrary();
    const whole = await train(library, 1, choice);
    const stopped = testContext({ library, job: 2, cancelAt: 330 });
    await expect(runTrainJob(stopped, { ...onPixels, ...choice })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const epochs = library
      .query<{ epochs: number }>('SELECT epochs FROM runs ORDER BY id DESC LIMIT 1')
      .get([]);
    expect(epochs?.epochs).toBeGreaterThan(0);
    expect(epochs?.epochs).toBeLessThan(4);
    const again = await train(library, 2, choice);
    const weights = (run: number) => latestCheckpoint(library, run)?.weightsHash;
    expect(weights(again.id)).toBe(weights(whole.id));
  });

  it('is refused by label where no two pictures have one', async () => {
    const library = await scannedLibrary();
    library.query('UPDATE files SET label = NULL').run();
    await expect(train(library, 1, { batches: 'group' })).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining(
        'No two pictures of this training have one label',
      ) as unknown,
    });
  });
});

/** Pairs of pictures that hang together with no other, as sample ids. */
function judgePairs(library: Library, count: number): (readonly [number, number])[] {
  const { ids, hashes } = presentSamples(library);
  return Array.from({ length: count }, (_, at) => {
    const [one, other] = [at, pictureCount - 1 - at];
    const verdict = { verdict: 'different', note: '', runId: null } as const;
    saveVerdict(library, [hashes[one]!, hashes[other]!], verdict);
    return [ids[one]!, ids[other]!] as const;
  });
}

function lastEpoch(library: Library, run: { readonly id: number }): Map<number, LedgerAnchor> {
  const anchors = [...ledgerEpoch(library, run.id, 4)];
  return new Map(anchors.map((anchor) => [anchor.sampleId, anchor]));
}

/** How many of the pairs' anchors recorded their partner, of both directions. */
function partnersMet(
  ledger: ReadonlyMap<number, LedgerAnchor>,
  pairs: readonly (readonly [number, number])[],
): { both: number; either: number; marked: number } {
  let [both, either, marked] = [0, 0, 0];
  for (const [one, other] of pairs) {
    const of = [
      [one, other],
      [other, one],
    ].map(([anchor, partner]) => {
      const { ids, judgedDifferent, share } = ledger.get(anchor!)!.negatives;
      const index = ids.indexOf(partner!);
      if (index >= 0) expect(share[index]).toBeGreaterThan(0);
      if (judgedDifferent?.[index] === 1) marked += 1;
      return index >= 0;
    });
    if (of.every(Boolean)) both += 1;
    if (of.some(Boolean)) either += 1;
  }
  return { both, either, marked };
}

describe('a training that knows what was judged different', () => {
  const simclr = { verdicts: 'mask', differentRate: 1 } as const;

  it('meets all of it in its batches at a rate of 1, marks it in the ledger, and nothing at 0', async () => {
    const library = await scannedLibrary();
    const pairs = judgePairs(library, 20);
    const always = await train(library, 1, simclr);
    expect(always.settings).toMatchObject({ verdicts: 'mask', differentRate: 1 });
    expect(partnersMet(lastEpoch(library, always), pairs)).toEqual({
      both: 20,
      either: 20,
      marked: 40,
    });
    const never = await train(library, 2, { ...simclr, differentRate: 0 });
    const { both, marked } = partnersMet(lastEpoch(library, never), pairs);
    // 23 of 95 by chance.
    expect(both).toBeLessThan(12);
    expect(marked).toBe(0);
    const ignored = await train(library, 3, { verdicts: 'ignore' });
    expect(ignored.settings).not.toHaveProperty('differentRate');
  });

  it('has it in the queue, and among the rows that are drawn from a bank', async () => {
    const library = await scannedLibrary();
    const pairs = judgePairs(library, 20);
    const moco = { ...simclr, objective: 'moco', settings: { queueSize: 24 } } as const;
    const queued = partnersMet(lastEpoch(library, await train(library, 1, moco)), pairs);
    expect(queued.either).toBe(20);
    const ir = { ...simclr, objective: 'ir', settings: { nceK: 8 } } as const;
    const drawn = partnersMet(lastEpoch(library, await train(library, 2, ir)), pairs);
    expect(drawn.both).toBe(20);
    const seldom = await train(library, 3, { ...ir, differentRate: 0 });
    expect(partnersMet(lastEpoch(library, seldom), pairs).both).toBeLessThan(5);
  });

  it.each(['batch', 'queue', 'bank'])(
    'never takes it for a false negative where those of a %s are cancelled',
    async (source) => {
      const library = await scannedLibrary();
      const pairs = judgePairs(library, 20);
      const partners = new Map(
        pairs.flatMap(
          ([one, other]) =>
            [
              [one, other],
              [other, one],
            ] as const,
        ),
      );
      // Every negative is a false one by this rule.
      const all = { falseTopK: 500, falseThreshold: -1, falseAction: 'eliminate', source } as const;
      const size: TrainInput['settings'] = source === 'queue' ? { queueSize: 96 } : {};
      const settings: TrainInput['settings'] = { ...all, ...size };
      const run = await train(library, 1, { ...simclr, objective: 'fnc', settings });
      const ledger = lastEpoch(library, run);
      for (const { sampleId, negatives } of ledger.values()) {
        const partner = partners.get(sampleId);
        expect(negatives.ids.filter((id) => id !== partner)).toHaveLength(0);
      }
      // Of a queue the later of two batches has the keys of the earlier one.
      const met = partnersMet(ledger, pairs);
      expect(source === 'queue' ? met.either : met.both).toBe(20);
    },
  );

  it('goes on after a stop with what was judged when it began', async () => {
    const library = await scannedLibrary();
    judgePairs(library, 20);
    const input = { ...simclr, objective: 'hard', differentRate: 0.5 } as const;
    const whole = await train(library, 1, input);
    const stopped = testContext({ library, job: 2, cancelAt: 330 });
    await expect(runTrainJob(stopped, { ...onPixels, ...input })).rejects.toMatchObject({
      code: 'cancelled',
    });
    for (const { hashA, hashB } of listVerdicts(library)) removeVerdict(library, [hashA, hashB]);
    const again = await train(library, 2, input);
    const weights = (run: number) => latestCheckpoint(library, run)?.weightsHash;
    expect(weights(again.id)).toBe(weights(whole.id));
  });
});
