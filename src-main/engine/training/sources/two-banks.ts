import * as tf from '@tensorflow/tfjs';
import { updatedBank } from './bank-candidates.ts';
import type { BankBatch } from './bank-candidates.ts';
import { joinedCandidates } from '../../losses/candidates.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { unitRows } from '../../numeric/unit-row-tensor.ts';
import type { BankPlan } from './bank.ts';
import { bankDrawFeeds, drawInputs, drawnCandidates, wayToDraw } from './bank-draws.ts';
import { bankHost } from './bank-host.ts';
import { logNormaliserNames, unsetLogNormaliser, withNoise } from './bank-noise.ts';
import { randomUnitRows } from '../../numeric/random-unit-rows.ts';
import type { SourceInputs, SourceStep, TrainingSource } from './training-source.ts';

/** The two sides of a picture, lightness and colour: the names of what each carries. */
const sides = [
  { bank: 'lightnessBank', logNormaliser: logNormaliserNames.lightness },
  { bank: 'colourBank', logNormaliser: logNormaliserNames.colour },
] as const;

/**
 * Two memory banks (CMC, Tian et al. 2020): the encoder gives one vector for the lightness and one for
 * the colours of a picture, side by side in z. Each is an anchor against the bank of the other side,
 * with the same draws, and the two losses are added. The anchors are the B of lightness, then the B of
 * colour; the plan's `width` is the length of both vectors together.
 */
export function twoBanksSource(plan: BankPlan): TrainingSource {
  const { batch, width, draws, isBinary } = plan;
  const { rows } = draws;
  return {
    viewsPerPicture: 1,
    anchors: 2 * batch,
    columns: wayToDraw(draws) === 'drawn' ? 0 : rows,
    // The mean over the anchors of both sides is half the sum of the two losses.
    lossFactor: 2,
    carried: sides.flatMap(({ bank, logNormaliser }) => [
      { name: bank, shape: [rows, width / 2], dtype: 'float' } as const,
      ...(isBinary ? [{ name: logNormaliser, shape: [], dtype: 'float' } as const] : []),
    ]),
    fed: [{ name: 'bankRows', shape: [batch], dtype: 'int32' }, ...drawInputs(draws)],
    start: ({ sampleIds, random }) => {
      const ofSides = sides.map(({ bank, logNormaliser }) => ({
        [bank]: randomUnitRows(rows, width / 2, random),
        ...(isBinary && { [logNormaliser]: Float32Array.of(unsetLogNormaliser) }),
      }));
      return { bankIds: sampleIds.slice(), ...ofSides[0], ...ofSides[1] };
    },
    build: (inputs) => buildTwoBanksStep(plan, inputs),
    host: (arrays) => {
      const host = bankHost(arrays, rows, (step, drawn) => bankDrawFeeds(draws, step, drawn));
      return {
        ...host,
        step: (step) => {
          const fed = host.step(step);
          return { ...fed, rowIds: Uint32Array.from([...step.batch, ...step.batch]) };
        },
      };
    },
  };
}

function buildTwoBanksStep(plan: BankPlan, inputs: SourceInputs): SourceStep {
  const { views, scalars, input } = inputs;
  const batchOf = (x: tf.Tensor2D, bank: string): BankBatch => ({
    x,
    bank: input(bank) as tf.Tensor2D,
    rows: input('bankRows') as tf.Tensor1D,
  });
  /** The candidates of one side's vectors in the bank of the other side. */
  const candidatesOf = (z: tf.Tensor2D, side: 0 | 1): Candidates => {
    const batch = batchOf(sideRows(z)[side], sides[side === 0 ? 1 : 0].bank);
    const candidates = drawnCandidates(plan.draws, batch, input);
    if (!plan.isBinary) return candidates;
    const logZ = input(sides[side].logNormaliser);
    return withNoise(plan.draws, candidates, scalars, logZ, plan.normaliser);
  };
  return {
    trained: views,
    candidates: (z) => joinedCandidates(candidatesOf(z, 0), candidatesOf(z, 1)),
    next: (z) => {
      const momentum = tf.scalar(plan.bankMomentum);
      const rows = sideRows(z);
      const ofSide = (side: 0 | 1): Record<string, tf.Tensor> => {
        const { bank, logNormaliser } = sides[side];
        const { logNormaliser: logZ } = plan.isBinary ? candidatesOf(z, side) : {};
        const updated = updatedBank(batchOf(rows[side], bank), momentum);
        return { [bank]: updated, ...(logZ && { [logNormaliser]: logZ }) };
      };
      return { ...ofSide(0), ...ofSide(1) };
    },
  };
}

/** The unit rows of lightness and of colour, each [B, width / 2], from rows that hold both. */
function sideRows(z: tf.Tensor2D): [tf.Tensor2D, tf.Tensor2D] {
  const [lightness, colour] = tf.split(z, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  return [unitRows(lightness), unitRows(colour)];
}
