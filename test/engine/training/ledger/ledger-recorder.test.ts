import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { statisticUpdates } from '../../../../src-main/engine/networks/batch-norm.ts';
import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import type { NamedArray, Program } from '../../../../src-main/engine/graph/program.ts';
import { encode } from '../../../../src-main/engine/networks/trainable-encoder.ts';
import { unpackWeights } from '../../../../src-main/engine/networks/weights.ts';
import type { LedgerAnchor } from '../../../../src-main/engine/store/ledger.ts';
import {
  augmentedViews,
  normaliseColours,
} from '../../../../src-main/engine/augmentation/augmentation.ts';
import { LedgerRecorder } from '../../../../src-main/engine/training/ledger/ledger-recorder.ts';
import type { LedgerStep } from '../../../../src-main/engine/training/ledger/ledger-recorder.ts';
import {
  restoreRandom,
  seedRandom,
  shuffledOrder,
} from '../../../../src-main/engine/numeric/random.ts';
import { noPicture } from '../../../../src-main/engine/training/sources/training-source.ts';
import { createOptimiser } from '../../../../src-main/engine/training/optimisers/optimisers.ts';
import { pictureViews } from '../../../../src-main/engine/training/step/step-views.ts';
import { trainEpoch } from '../../../../src-main/engine/training/trainer.ts';
import { trainStepSpec } from '../../../../src-main/engine/training/step/train-step.ts';
import { unitRows } from '../../../../src-main/engine/numeric/unit-row-tensor.ts';
import { planTraining } from '../../../../src-main/engine/training/plan/training-plan.ts';
import type { TrainingPlan } from '../../../../src-main/engine/training/plan/training-plan.ts';
import { startTraining } from '../../../../src-main/engine/training/plan/training-state.ts';
import { narrowResnet } from '../../graph/narrow-resnet.ts';
import { smallTraining } from '../job-contexts.ts';
import { squareSources } from '../../../fixtures/square-sources.ts';

const [batch, size, recorded] = [6, 8, 3];
/** Picture 4 has no label, picture 2 has two. */
function labelsOf(id: number): number[] {
  if (id === 4) return [];
  return id === 2 ? [0, 1] : [id % 2];
}
const pictures = Uint32Array.from([2, 3, 4, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41]);

type Feeds = Readonly<Record<string, NamedArray['values']>>;

interface SeenStep {
  readonly feeds: Feeds;
  readonly state: Readonly<Record<string, NamedArray>>;
}

function planOf(objective: string, settings: Record<string, number>): TrainingPlan {
  const input = { ...smallTraining, objective, settings, batch, size: 16, ledgerSize: recorded };
  const plan = planTraining(input);
  const encoder = narrowResnet();
  const optimiser = createOptimiser(plan.optimisation, encoder.specs);
  return { ...plan, encoder, step: { ...plan.step, encoder, size, optimiser, labelSlots: 2 } };
}

/** Two epochs of two steps; what the recorder has of each, and what every step was given. */
async function trained(plan: TrainingPlan) {
  const program = await compileProgram(trainStepSpec(plan.step), 'cpu', { threads: 1 });
  const seen: SeenStep[] = [];
  const watched: Program = {
    device: program.device,
    run: (feeds) => {
      seen.push({ feeds, state: program.readState() });
      return program.run(feeds);
    },
    writeState: (values) => program.writeState(values),
    readState: () => program.readState(),
    dispose: () => program.dispose(),
  };
  const recorder = new LedgerRecorder(plan.ledger!);
  let state = startTraining(plan.step, 4, pictures);
  const epochs: { anchors: LedgerAnchor[]; order: Uint32Array }[] = [];
  for (let epoch = 0; epoch < 2; epoch += 1) {
    const order = shuffledOrder(pictures.length, restoreRandom(state.random));
    state = await trainEpoch(plan, state, {
      program: watched,
      views: pictureViews(
        plan.step,
        squareSources((ids) => Uint8Array.from([...ids].flatMap((id) => picture(id)))),
      ),
      now: () => 0,
      yieldToEvents: () => Promise.resolve(),
      onStep: () => undefined,
      ledger: {
        labels: { slots: 2, labelOf: (id, slot) => labelsOf(id)[slot] ?? -1 },
        add: (step) => recorder.add(step),
      },
    });
    epochs.push({ anchors: recorder.takeEpoch(), order });
  }
  await program.dispose();
  return { epochs, seen };
}

function picture(id: number): number[] {
  const random = seedRandom(id);
  return Array.from({ length: size * size * 3 }, () => random.index(256));
}

/** z of both views of a step's batch, by tfjs itself. */
async function embedded(plan: TrainingPlan, { feeds, state }: SeenStep): Promise<number[][]> {
  await tf.setBackend('cpu');
  return tf.tidy(() => {
    const { specs } = plan.encoder;
    const flat = (name: string) => tf.tensor1d(state[name]!.values as Float32Array);
    const weights = {
      ...unpackWeights(specs, 'trainable', flat('weights')),
      ...unpackWeights(specs, 'statistic', flat('statistics')),
    };
    const views = augmentedViews(
      tf.tensor4d(feeds['images'] as Uint8Array, [2 * batch, size, size, 3], 'int32'),
      tf.tensor2d(feeds['crops'] as Float32Array, [2 * batch, 4]),
      tf.tensor2d(feeds['colours'] as Float32Array, [2 * batch, 6]),
      plan.step.augmentation,
    );
    const { projected } = encode(
      plan.encoder,
      normaliseColours(views),
      weights,
      statisticUpdates(),
    );
    return unitRows(projected).arraySync();
  });
}

interface NaivePair {
  share: number;
  magnitude: number;
  similarity: number;
  weight: number;
  met: number;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0);
const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** The share γ and weight N q of each negative of a row, as docs/formulas.md writes them. */
function naiveRow(similarities: readonly number[], { t, beta }: { t: number; beta: number }) {
  const q = similarities.map((s) => Math.exp((beta * s) / t));
  const rho = similarities.map((s) => Math.exp(((beta + 1) * s) / t));
  const share = rho.map((r, j) => ((beta + 1) * r) / sum(rho) - (beta * q[j]!) / sum(q));
  return { share, weight: q.map((value) => (q.length * value) / sum(q)) };
}

/** A step's anchors from nothing but z and the order of its pictures. */
function naiveStep(
  z: readonly number[][],
  ids: readonly number[],
  settings: { t: number; beta: number },
) {
  const anchors = new Map<number, { pairs: Map<number, NaivePair>; ess: number; same: number }>();
  for (const [row, anchorRow] of z.entries()) {
    const anchor = ids[row % batch]!;
    const columns = [...z.keys()].filter((column) => column % batch !== row % batch);
    const similarities = columns.map((column) => dot(anchorRow, z[column]!));
    const { share, weight } = naiveRow(similarities, settings);
    const known = anchors.get(anchor) ?? { pairs: new Map<number, NaivePair>(), ess: 0, same: 0 };
    anchors.set(anchor, known);
    const pushed = share.map((value) => Math.max(0, value));
    known.ess += sum(pushed) ** 2 / sum(pushed.map((value) => value * value)) / 2;
    for (const [index, column] of columns.entries()) {
      const negative = ids[column % batch]!;
      const none = { share: 0, magnitude: 0, similarity: 0, weight: 0, met: 0 };
      const pair = known.pairs.get(negative) ?? none;
      pair.share += share[index]! / 2;
      pair.magnitude += Math.abs(share[index]!) / 2;
      pair.similarity += similarities[index]! / 4;
      pair.weight += weight[index]! / 4;
      pair.met += 1;
      known.pairs.set(negative, pair);
      const isSame = labelsOf(anchor).some((label) => labelsOf(negative).includes(label));
      if (isSame) known.same += share[index]! / 2;
    }
  }
  return anchors;
}

interface Case {
  readonly objective: string;
  readonly settings: Record<string, number>;
  readonly t: number;
  readonly beta: number;
}

const cases: readonly Case[] = [
  { objective: 'simclr', settings: { temperature: 0.5 }, t: 0.5, beta: 0 },
  {
    objective: 'hard',
    settings: { temperature: 0.4, beta: 1.5, tauPlus: 0.02 },
    t: 0.4,
    beta: 1.5,
  },
];

describe('ledger of a training', () => {
  it.each(cases.map((each) => [each.objective, each] as const))(
    '%s: agrees with a recomputation from the batches',
    async (_, { objective, settings, ...numbers }) => {
      const plan = planOf(objective, settings);
      const { epochs, seen } = await trained(plan);
      let step = 0;
      for (const { anchors, order } of epochs) {
        expect(anchors).toHaveLength(2 * batch);
        const found = new Map(anchors.map((anchor) => [anchor.sampleId, anchor]));
        for (const first of [0, batch]) {
          const ids = [...order.slice(first, first + batch)].map((index) => pictures[index]!);
          const z = await embedded(plan, seen[step]!);
          step += 1;
          for (const [id, naive] of naiveStep(z, ids, numbers)) {
            const anchor = found.get(id)!;
            expect(anchor.effectiveNegatives).toBeCloseTo(naive.ess, 3);
            expect(anchor.sameLabelShare).toBeCloseTo(naive.same, 4);
            expect(anchor.clamped).toBe(0);
            const largest = [...naive.pairs].sort((a, b) => b[1].magnitude - a[1].magnitude);
            expect([...anchor.negatives.ids]).toEqual(
              largest.slice(0, recorded).map(([other]) => other),
            );
            for (const [index, [, pair]] of largest.slice(0, recorded).entries()) {
              expect(anchor.negatives.share[index]).toBeCloseTo(pair.share, 4);
              expect(anchor.negatives.similarity[index]).toBeCloseTo(pair.similarity, 4);
              expect(anchor.negatives.weight[index]).toBeCloseTo(pair.weight, 3);
              expect(anchor.negatives.met[index]).toBe(pair.met);
            }
          }
        }
      }
      expect(step).toBe(4);
    },
  );

  it('writes the zone of the ring it trains with: what is pushed lies in it', async () => {
    const plan = planOf('ring', { ringOuter: 0.5, ringInner: 0.2 });
    const { epochs } = await trained(plan);
    for (const { negatives } of epochs[0]!.anchors) {
      expect(new Set(negatives.zone)).toEqual(new Set([1]));
      expect(sum([...negatives.share])).toBeLessThanOrEqual(1 + 1e-6);
      // Four views meet, but few of those meetings are in the ring of 4 of 10 negatives.
      expect([...negatives.met]).toEqual([...negatives.met].map(() => 4));
    }
  });

  it('separates the most similar from the others by the ring of the paper if the objective has none', () => {
    const recorder = new LedgerRecorder({ size: 10, zones: { inner: 1, outer: 3 } });
    const ids = Uint32Array.of(1, 2, 3, 4, 5);
    recorder.add(madeStep(1, ids, Float32Array.of(0, 0.4, 0.3, 0.2, 0.1)));
    const [anchor] = recorder.takeEpoch();
    expect([...anchor!.negatives.ids]).toEqual([2, 3, 4, 5]);
    expect([...anchor!.negatives.zone]).toEqual([0, 1, 1, 2]);
    expect(planOf('simclr', {}).ledger!.zones).toEqual({ inner: 0, outer: 1 });
  });

  it('finds the pictures of the recorded columns if only some are recorded, and leaves out columns that are no picture', () => {
    const recorder = new LedgerRecorder({ size: 2, zones: { inner: 0, outer: 1 } });
    const ids = Uint32Array.of(9, 8, 7, noPicture, 5, 7);
    const step = madeStep(1, ids, Float32Array.of(0.125, 0.25, 0.25, 0.375));
    const index = { shape: [1, 4], values: Int32Array.of(5, 0, 2, 3) };
    recorder.add({ ...step, outputs: { ...step.outputs, 'ledger.index': index } });
    const [anchor] = recorder.takeEpoch();
    expect([...anchor!.negatives.ids]).toEqual([7, 9]);
    expect([...anchor!.negatives.met]).toEqual([2, 1]);
    expect([...anchor!.negatives.share]).toEqual([0.375, 0.25]);
    expect(recorder.takeEpoch()).toEqual([]);
  });
});

/** A step of one anchor whose similarities are its pushes, which add up to 1. */
function madeStep(anchor: number, columnIds: Uint32Array, push: Float32Array): LedgerStep {
  const one = (value: number): NamedArray => ({ shape: [1], values: Float32Array.of(value) });
  const row = { shape: [1, push.length], values: push };
  return {
    rowIds: Uint32Array.of(anchor),
    columnIds,
    weightLogit: () => 0,
    outputs: {
      perAnchorLoss: one(1),
      'ledger.push': row,
      'ledger.similarity': row,
      'ledger.pushTotal': one(1),
      'ledger.logWeightScale': one(0),
      'ledger.effectiveNegatives': one(4),
      'ledger.clamped': one(0),
      'ledger.sameLabelShare': one(0),
    },
  };
}
