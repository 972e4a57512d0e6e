import { describe, expect, it } from 'vitest';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { latestCheckpoint } from '../../../src-main/engine/store/checkpoints.ts';
import { readHistory } from '../../../src-main/engine/store/history.ts';
import { readLedger } from '../../../src-main/engine/store/ledger.ts';
import type { LedgerAnchor } from '../../../src-main/engine/store/ledger.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { presentSampleIds, presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { decodeCheckpoint } from '../../../src-main/engine/checkpoints/checkpoint-format.ts';
import { flatWeights } from '../../../src-main/engine/training/plan/training-state.ts';
import { runTrainJob } from '../../../src-main/engine/training/train-job.ts';
import { scannedLibrary } from '../../libraries/scanned-library.ts';
import { smallTraining, testContext } from './job-contexts.ts';
import { narrowPlan, narrowStart, trainNarrow } from './narrow-training.ts';

const classes = ['animal-bird', 'food-fruit', 'musical-instrument', 'transport-ground'];
const pictures = 48;
const epochs = 2;
/** A head on the pixels of real pictures; 4 steps an epoch, in which every real negative is recorded. */
const training: TrainInput = {
  ...{ ...smallTraining, encoder: 'head', on: 'pixels', views: 4, batch: 12, epochs },
  ...{ objective: 'negcut', ledgerSize: 256 },
};

async function trained(library: Library, job: number, change: Partial<TrainInput>) {
  const { run } = await runTrainJob(testContext({ library, job }), { ...training, ...change });
  const rows = readHistory(library, run).epochMetrics;
  const measured = (name: string, epoch: number): number =>
    rows.find((row) => row.name === name && row.epoch === epoch)?.value ?? NaN;
  const last = change.epochs ?? epochs;
  const anchors = [...presentSampleIds(library)].map((id) => readLedger(library, run, last, id)!);
  return { run, measured, anchors };
}

function shareOfReal({ negatives }: LedgerAnchor): number {
  return negatives.share.reduce((sum, share) => sum + share, 0);
}

describe('a training with generated negatives on real pictures', () => {
  it('makes negatives that are harder than those of the batch, and differ from each other', async () => {
    const library = await scannedLibrary(classes);
    const last = 8;
    const settings = { generatedUse: 'beside', temperature: 0.5, generatorRate: 0.002 };
    const { measured, anchors } = await trained(library, 1, { epochs: last, settings });
    const harder = (epoch: number): number =>
      measured('generatedSimilarity', epoch) - measured('negativeSimilarity', epoch);
    expect(harder(last)).toBeGreaterThan(0.1);
    expect(harder(last)).toBeGreaterThan(harder(1));
    expect(anchors).toHaveLength(pictures);
    for (const anchor of anchors) {
      expect(anchor.syntheticShare).toBeGreaterThan(0.3);
      expect(shareOfReal(anchor) + anchor.syntheticShare!).toBeCloseTo(1, 4);
    }
    const mean = anchors.reduce((sum, { syntheticShare = NaN }) => sum + syntheticShare, 0);
    expect(measured('syntheticShare', last)).toBeCloseTo(mean / pictures, 5);

    const diversity = async (job: number, diversityWeight: number): Promise<number> => {
      const change = { epochs: last, settings: { ...settings, diversityWeight } };
      return (await trained(library, job, change)).measured('generatedDiversity', last);
    };
    const [none, strong] = [await diversity(2, 0), await diversity(3, 10)];
    // Of 128 numbers of unit vectors; two at random would be about 0.1 apart.
    expect(measured('generatedDiversity', last)).toBeGreaterThan(0.001);
    expect(measured('generatedDiversity', last)).toBeGreaterThan(none);
    expect(strong).toBeGreaterThan(0.01);
  });

  it('pushes nothing but them where they replace the real ones', async () => {
    const library = await scannedLibrary(classes);
    const { anchors, run } = await trained(library, 1, {});
    expect(anchors.every(({ negatives }) => negatives.ids.length === 0)).toBe(true);
    for (const { syntheticShare } of anchors) expect(syntheticShare).toBeCloseTo(1, 5);
    const { tensors } = decodeCheckpoint(latestCheckpoint(library, run)!.training!);
    const values = tensors.find(({ name }) => name === 'generator.weights')!.values;
    // (128 + 64) · 256 + 256 + 256 · 128 + 128 of z, noise and hidden layer.
    expect(values).toHaveLength(82_304);
  });

  it('masks what was judged the same, as any objective, and leaves the generated ones', async () => {
    const library = await scannedLibrary(classes);
    const { ids, hashes } = presentSamples(library);
    const pair = [hashes[0]!, hashes[1]!] as const;
    saveVerdict(library, pair, { verdict: 'same', note: '', runId: null });
    const settings = { generatedUse: 'beside', temperature: 0.5 };
    const whole = { batch: pictures, settings };
    const met = async (job: number, verdicts: TrainInput['verdicts']) => {
      const { anchors } = await trained(library, job, { ...whole, verdicts });
      const { negatives, syntheticShare } = anchors.find(({ sampleId }) => sampleId === ids[0])!;
      return { share: negatives.share[negatives.ids.indexOf(ids[1]!)], syntheticShare };
    };
    expect((await met(1, 'ignore')).share).toBeGreaterThan(0);
    const masked = await met(2, 'mask');
    expect(masked.share).toBeUndefined();
    expect(masked.syntheticShare).toBeGreaterThan(0);
    expect((await met(3, 'attract')).share).toBeLessThan(0);
  });
});

describe('the step of the generator, and that of the encoder', () => {
  const steps = 3;
  const state = async (change: Partial<TrainInput>) => {
    const input = { objective: 'negcut', optimiser: 'sgd', ...change } as const;
    const plan = narrowPlan({ ...input, warmupEpochs: 0 }, steps * 3);
    const begun = narrowStart(plan, 1);
    const { state: after } = await trainNarrow(plan, begun, 1, 'cpu');
    const changed = (name: string): boolean =>
      after.arrays[name]!.some((value, index) => value !== begun.arrays[name]![index]);
    return { after, encoder: flatWeights(after).weights, begun, changed };
  };

  it('move each its own weights', async () => {
    const slow = await state({ learningRate: 1e-3 });
    const fast = await state({ learningRate: 1e-1 });
    expect(slow.changed('weights') && slow.changed('generator.weights')).toBe(true);
    // The generator's step is before that of the encoder, which does not reach it.
    expect(fast.after.arrays['generator.weights']).toEqual(slow.after.arrays['generator.weights']);
    expect(fast.encoder).not.toEqual(slow.encoder);
    // The copy that gives the features has followed the encoder to before the step only.
    const copies = [slow, fast].map(({ after }) => after.arrays['generator.keyWeights']);
    expect(copies[0]).toEqual(copies[1]);
    // With an encoder that does not move, the generator's step moves none of its weights.
    const still = await state({ learningRate: 1e-30, settings: { generatorRate: 0.01 } });
    const before = flatWeights(still.begun).weights;
    expect(still.encoder.every((weight, index) => Math.abs(weight - before[index]!) < 1e-20)).toBe(
      true,
    );
    expect(still.changed('generator.weights')).toBe(true);
  });
});
