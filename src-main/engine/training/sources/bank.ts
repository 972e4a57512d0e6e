import * as tf from '@tensorflow/tfjs';
import { cancelledInMemory, memoryScores } from '../../losses/cancellation.ts';
import { disconnected } from '../../losses/masks.ts';
import { updatedBank } from './bank-candidates.ts';
import type { BankBatch } from './bank-candidates.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { bankDrawFeeds, drawInputs, drawnCandidates, wayToDraw } from './bank-draws.ts';
import type { BankDraws } from './bank-draws.ts';
import { bankHost } from './bank-host.ts';
import { cancellationFeeds, cancellationInputs, cancellationRule } from './cancelling.ts';
import type { Cancelling } from './cancelling.ts';
import { logNormaliserNames, unsetLogNormaliser, withNoise } from './bank-noise.ts';
import type { NormaliserRule } from './bank-noise.ts';
import { randomUnitRows } from '../../numeric/random-unit-rows.ts';
import type { SourceInputs, SourceStep, TrainingSource } from './training-source.ts';

/** The settings of a memory bank source. */
export interface BankPlan {
  /** Pictures per step. */
  readonly batch: number;
  /** Length of z. */
  readonly width: number;
  readonly draws: BankDraws;
  /** m in the update of a bank row, 0 to 1. */
  readonly bankMomentum: number;
  /** Whether the loss is binary NCE, which needs Z. */
  readonly isBinary: boolean;
  readonly normaliser: NormaliserRule;
  /** How false negatives are found in the bank; null for no cancellation. */
  readonly cancelling: Cancelling | null;
  /** Whether a positive may be the row of another picture, which the host part feeds. */
  readonly drawsPositives: boolean;
}

/**
 * A memory bank (InstDisc, Wu et al. 2018): one view of each picture against the bank's rows of all
 * other pictures, or K of them drawn with replacement. The picture's own row is the positive; after the
 * step it moves towards the view. At the start the bank is random unit rows. With cancellation S further
 * views of each picture help to find false negatives; they are no anchors, and the bank takes the first.
 */
export function bankSource(plan: BankPlan): TrainingSource {
  const { batch, width, draws, isBinary, cancelling } = plan;
  const { rows } = draws;
  return {
    viewsPerPicture: 1 + (cancelling?.supportViews ?? 0),
    anchors: batch,
    columns: wayToDraw(draws) === 'drawn' ? 0 : rows,
    ...(cancelling && { appliesVerdicts: true }),
    carried: [
      { name: 'bank', shape: [rows, width], dtype: 'float' },
      ...(isBinary ? [{ name: logNormaliserNames.bank, shape: [], dtype: 'float' } as const] : []),
    ],
    fed: [
      { name: 'bankRows', shape: [batch], dtype: 'int32' },
      ...(plan.drawsPositives
        ? [{ name: 'positiveRows', shape: [batch], dtype: 'int32' } as const]
        : []),
      ...drawInputs(draws),
      ...(cancelling ? cancellationInputs(cancelling) : []),
    ],
    start: ({ sampleIds, random }) => ({
      bank: randomUnitRows(rows, width, random),
      bankIds: sampleIds.slice(),
      ...(isBinary && { [logNormaliserNames.bank]: Float32Array.of(unsetLogNormaliser) }),
    }),
    build: (inputs) => buildBankStep(plan, inputs),
    host: (arrays) =>
      bankHost(arrays, rows, (step, drawn) => ({
        ...bankDrawFeeds(draws, step, drawn),
        ...(cancelling && cancellationFeeds(cancelling)),
      })),
  };
}

function buildBankStep(plan: BankPlan, inputs: SourceInputs): SourceStep {
  const { cancelling } = plan;
  const { views, scalars, input, judged } = inputs;
  const bank = input('bank') as tf.Tensor2D;
  const rows = input('bankRows') as tf.Tensor1D;
  const positives = plan.drawsPositives && {
    positives: input('positiveRows') as tf.Tensor1D,
  };
  const batchOf = (z: tf.Tensor2D): BankBatch => ({
    x: cancelling?.supportViews ? tf.slice(z, [0, 0], [plan.batch, -1]) : z,
    ...{ bank, rows, ...positives },
  });
  const candidatesOf = (z: tf.Tensor2D): Candidates => {
    const candidates = drawnCandidates(plan.draws, batchOf(z), input);
    if (cancelling) {
      const scores = disconnected(() => bankScores(z, cancelling, { bank, rows }));
      const rule = cancellationRule(cancelling, input);
      return cancelledInMemory(candidates, scores, rule, judged?.() ?? null);
    }
    return plan.isBinary
      ? withNoise(plan.draws, candidates, scalars, input(logNormaliserNames.bank), plan.normaliser)
      : candidates;
  };
  return {
    trained: views,
    candidates: candidatesOf,
    next: (z) => {
      const { logNormaliser: logZ } = plan.isBinary ? candidatesOf(z) : {};
      const updated = updatedBank(batchOf(z), tf.scalar(plan.bankMomentum));
      return { bank: updated, ...(logZ && { [logNormaliserNames.bank]: logZ }) };
    },
  };
}

/** c_ij [B, n]: the largest similarity of any view of picture i, or of its row of the bank, to row j. */
function bankScores(
  z: tf.Tensor2D,
  { supportViews }: Cancelling,
  { bank, rows }: Omit<BankBatch, 'x'>,
): tf.Tensor2D {
  return memoryScores(tf.concat([z, tf.gather(bank, rows)]), 2 + supportViews, bank);
}
