import { expect, it } from 'vitest';
import { epochsOf } from '../../../src-main/contract/epochs.ts';
import type { Explanation } from '../../../src-main/contract/negatives.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { explainStep } from '../../../src-main/engine/explain/explain-step.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { readLedger } from '../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { hasLossSteps, lossStepOf } from '../../../src-main/engine/store/loss-steps.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';

/** All of a batch's 23 other pictures are recorded. */
const onPixels: TrainInput = {
  ...smallTraining,
  ...{ encoder: 'head', on: 'pixels', views: 4, ledgerSize: 23, augmentation: 'simclr' },
};
const epochs = epochsOf(onPixels);
const noVerdicts = { same: new Set<number>(), different: new Set<number>() };

async function trained(change: Partial<TrainInput>, judge?: (library: Library) => void) {
  const library = await scannedLibrary();
  judge?.(library);
  const settings = { temperature: 0.5, ...change.settings };
  const input = { ...onPixels, ...change, settings };
  const { run } = await runTrainJob(testContext({ library, job: 1 }), input);
  return { library, run: findRun(library, run) };
}

/** Each recorded number of every anchor of the last epoch beside the one that is explained. */
async function compared({ library, run }: Awaited<ReturnType<typeof trained>>) {
  const embeddings = await readRun(library, run.name, run.weightsHash!);
  const samples = presentSamples(library);
  const pairs: { name: string; recorded: number; explained: number }[] = [];
  let anchors = 0;
  for (const [row, id] of embeddings.ids.entries()) {
    const recorded = readLedger(library, run.id, epochs, id);
    if (recorded === null) continue;
    anchors += 1;
    const step = lossStepOf(library, run.id, id)!;
    expect(step.epoch).toBe(epochs);
    const rows = embeddings;
    const of = { run, embeddings, rows, row, step, samples, verdicts: noVerdicts };
    const explained = explainStep(of, {}, {});
    const push = (name: string, one: number, other: number): void =>
      void pairs.push({ name, recorded: one, explained: other });
    push('loss', recorded.loss, explained.loss);
    push('effective', recorded.effectiveNegatives, explained.effectiveNegatives);
    push('clamped', recorded.clamped, explained.batch!.trained!.clampedViews);
    for (const [index, other] of recorded.negatives.ids.entries()) {
      const rank = explained.ids.indexOf(other);
      push('share', recorded.negatives.share[index]!, explained.share[rank]!);
      push('similarity', recorded.negatives.similarity[index]!, explained.similarity[rank]!);
      push('weight', recorded.negatives.weight[index]!, explained.weight[rank]!);
    }
    expectNoOtherShare(explained, recorded.negatives.ids);
  }
  return { pairs, anchors };
}

/** What the ledger lacks had no push. */
function expectNoOtherShare(
  { ids, share }: Explanation | ReturnType<typeof explainStep>,
  known: Uint32Array,
): void {
  const others = [...ids.keys()].filter((rank) => !known.includes(ids[rank]!));
  expect(others.filter((rank) => share[rank] !== 0)).toEqual([]);
}

function judgeClasses(library: Library): void {
  const { hashes, paths } = presentSamples(library);
  const emoji = paths.map((path) => path.split('__')[0]!);
  for (const [row, hash] of hashes.entries()) {
    const twin = emoji.findIndex((other, index) => index > row && other === emoji[row]);
    if (twin >= 0)
      saveVerdict(library, [hash, hashes[twin]!], { verdict: 'same', note: '', runId: null });
  }
}

it.each([
  ['simclr', { objective: 'simclr' }],
  [
    'debiased, with clamped views',
    { objective: 'debiased', settings: { tauPlus: 0.2, temperature: 0.2 } },
  ],
  ['hard', { objective: 'hard', settings: { beta: 2 } }],
  ['hard whose beta falls', { objective: 'hard', settings: { beta: 2, betaAnneal: 'down' } }],
  ['ring', { objective: 'ring', settings: { temperature: 0.07 } }],
  [
    'ring that narrows',
    {
      objective: 'ring',
      settings: { temperature: 0.07, ringAnneal: 'linear', ringAnnealEpochs: 5 },
    },
  ],
  ['ball', { objective: 'simclr', settings: { selection: 'ball' } }],
] as const)('gives the shares that the ledger recorded: %s', async (_, change) => {
  const { pairs, anchors } = await compared(await trained(change));
  expect(anchors).toBe(96);
  const isClamped = pairs.some(({ name, recorded }) => name === 'clamped' && recorded > 0);
  expect(isClamped).toBe(change.objective === 'debiased');
  expect(pairs.filter(({ name }) => name === 'share').length).toBeGreaterThan(500);
  for (const { name, recorded, explained } of pairs) {
    expect(Math.abs(recorded - explained), name).toBeLessThan(
      1e-4 * Math.max(1, Math.abs(recorded)),
    );
  }
});

it.each(['mask', 'attract'] as const)(
  'gives those of a training with verdicts: %s',
  async (verdicts) => {
    // A batch's positives may be of other pictures than its anchors.
    const change = { objective: 'hard', verdicts, ledgerSize: 64 } as const;
    const { pairs } = await compared(await trained(change, judgeClasses));
    const shares = pairs.filter(({ name }) => name === 'share');
    expect(shares.length).toBeGreaterThan(500);
    for (const { name, recorded, explained } of pairs) {
      expect(Math.abs(recorded - explained), name).toBeLessThan(
        1e-4 * Math.max(1, Math.abs(recorded)),
      );
    }
  },
);

it.each([
  ['positives by label', { objective: 'supcon' }],
  [
    'positives by verdict, and labels masked',
    { objective: 'supcon', settings: { positivesFrom: 'verdicts' }, labels: 'mask' },
  ],
  ['positives by both', { objective: 'supcon', settings: { positivesFrom: 'both' } }],
  ['positives by label, and verdicts masked', { objective: 'supcon', verdicts: 'mask' }],
  ['labels masked', { objective: 'hard', labels: 'mask' }],
  ['labels masked, verdicts attracted', { labels: 'mask', verdicts: 'attract' }],
] satisfies [string, Partial<TrainInput>][])(
  'gives those of a training with labels: %s',
  async (_, change) => {
    const { pairs } = await compared(await trained({ ledgerSize: 64, ...change }, judgeClasses));
    expect(pairs.filter(({ name }) => name === 'share').length).toBeGreaterThan(500);
    for (const { name, recorded, explained } of pairs) {
      expect(Math.abs(recorded - explained), name).toBeLessThan(
        1e-4 * Math.max(1, Math.abs(recorded)),
      );
    }
  },
);

/** Every picture is different from those of the next class but one, by the names of the files. */
function judgeDifferent(library: Library): void {
  const { hashes } = presentSamples(library);
  for (const [row, hash] of hashes.entries()) {
    const other = hashes[(row + 29) % hashes.length]!;
    saveVerdict(library, [hash, other], { verdict: 'different', note: '', runId: null });
  }
}

it.each([
  ['hard', { objective: 'hard', settings: { beta: 2 } }],
  [
    'debiased, with clamped views',
    { objective: 'debiased', settings: { tauPlus: 0.2, temperature: 0.2 } },
  ],
] as const)(
  'gives those of a training that knows what was judged different: %s',
  async (_, change) => {
    const drawn = { verdicts: 'mask', differentRate: 1 } as const;
    const of = await trained({ ...change, ...drawn }, judgeDifferent);
    const known = of.library
      .query<{ settings: string }>('SELECT settings FROM lossSteps')
      .all()
      .map(({ settings }) => JSON.parse(settings) as { different?: unknown[] });
    expect(known.every(({ different = [] }) => different.length > 0)).toBe(true);
    const { pairs } = await compared(of);
    expect(pairs.filter(({ name }) => name === 'share').length).toBeGreaterThan(500);
    for (const { name, recorded, explained } of pairs) {
      expect(Math.abs(recorded - explained), name).toBeLessThan(
        1e-4 * Math.max(1, Math.abs(recorded)),
      );
    }
    // What a person called different has a push even where the debiased estimate of the others is held.
    const { ids } = presentSamples(of.library);
    for (const anchor of ids) {
      const { negatives } = readLedger(of.library, of.run.id, epochs, anchor)!;
      for (const [index, isKnown] of (negatives.judgedDifferent ?? []).entries()) {
        if (isKnown === 1) expect(negatives.share[index]).not.toBe(0);
      }
    }
  },
);

it('is recorded of the last epoch alone, and not with a ledger size of 0 or from a queue', async () => {
  const { library, run } = await trained({});
  const epochs = library.query<{ epoch: number }>('SELECT DISTINCT epoch FROM lossSteps').all();
  expect(epochs).toEqual([{ epoch: 3 }]);
  expect(hasLossSteps(library, run.id)).toBe(true);
  const without = await runTrainJob(testContext({ library, job: 2 }), {
    ...onPixels,
    ledgerSize: 0,
  });
  const queue = await runTrainJob(testContext({ library, job: 3 }), {
    ...onPixels,
    ...{ objective: 'moco', settings: { queueSize: 48 } },
  });
  expect([without, queue].map((other) => hasLossSteps(library, other.run))).toEqual([false, false]);
});
