import * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import { bankCandidates, countedBankCandidates, drawnBankCandidates } from './bank-candidates.ts';
import type { BankBatch } from './bank-candidates.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { countWhere } from '../../losses/masks.ts';
import { countKnown, drawCounts, drawIndices } from './draw-counts.ts';
import type { HostStep } from './training-source.ts';

/** How negatives are taken from a memory bank. */
export interface BankDraws {
  /** Anchors of one bank. */
  readonly anchors: number;
  /** n, rows of the bank. */
  readonly rows: number;
  /** K; 0 for every row. */
  readonly draws: number;
  /** Whether they are drawn from the ring around each anchor. */
  readonly fromRing: boolean;
  /** Whether all anchors must have the same columns, which a ledger and verdicts need. */
  readonly sharesColumns: boolean;
}

/** How many rows of the bank have a picture, and the rows of the batch's pictures, [B]. */
export interface DrawnBank {
  readonly used: number;
  readonly ownRows: Int32Array;
  /** For each of them the rows that must be among the K; undefined for none. */
  readonly knownRows?: readonly (readonly number[])[];
}

type Way = 'whole' | 'ring' | 'counted' | 'drawn';

/** With at least so many bank rows per draw, only the drawn rows are compared, not the whole bank. */
const sparseFrom = 16;

/** How a bank is compared: whole, draws from its ring, counted draws, or the drawn rows only. */
export function wayToDraw({ rows, draws, fromRing, sharesColumns }: BankDraws): Way {
  if (draws === 0) return 'whole';
  if (fromRing) return 'ring';
  return sharesColumns || rows < sparseFrom * draws ? 'counted' : 'drawn';
}

/** The inputs of a step for what is drawn for each anchor, and for how many rows are used. */
export function drawInputs(plan: BankDraws): InputSpec[] {
  const { anchors, rows, draws } = plan;
  const way = wayToDraw(plan);
  if (way === 'whole') return [{ name: 'bankUsed', shape: [], dtype: 'int32' }];
  if (way === 'drawn') return [{ name: 'bankDraws', shape: [anchors, draws], dtype: 'int32' }];
  const counts = { name: 'bankDraws', shape: [anchors, rows], dtype: 'float' } as const;
  return way === 'counted' ? [counts] : [counts, { name: 'bankUsed', shape: [], dtype: 'int32' }];
}

/** The candidates of a batch in the bank, drawn as the plan says. */
export function drawnCandidates(
  plan: BankDraws,
  batch: BankBatch,
  input: (name: string) => tf.Tensor,
): Candidates {
  const draws = (): tf.Tensor2D => input('bankDraws') as tf.Tensor2D;
  switch (wayToDraw(plan)) {
    case 'whole':
      return wholeBank(batch, input);
    case 'ring':
      return { ...wholeBank(batch, input), ringDraws: draws() };
    case 'counted':
      return countedBankCandidates(batch, draws());
    case 'drawn':
      return drawnBankCandidates(batch, draws());
  }
}

/** All rows of the bank except the picture's own and those without a picture. */
function wholeBank(batch: BankBatch, input: (name: string) => tf.Tensor): Candidates {
  const candidates = bankCandidates(batch);
  const isUsed = tf.less(tf.range(0, batch.bank.shape[0], 1, 'int32'), input('bankUsed'));
  const isNegative = tf.logicalAnd(candidates.isNegative, isUsed);
  return { ...candidates, isNegative, negatives: countWhere(isNegative) };
}

/**
 * What feeds `drawInputs` at a step, drawn from the first `used` rows of the bank; never a picture's
 * own row, `ownRows` [B]. From a ring, which has no own row in it, K - 1 rows are drawn, because there
 * K counts the positive too (the official NCERing). A ring is drawn from by ranks, so that known rows
 * are drawn with the others, where they are in it.
 */
export function bankDrawFeeds(
  plan: BankDraws,
  { random, scalars }: Pick<HostStep, 'random' | 'scalars'>,
  { used, ownRows, knownRows = [] }: DrawnBank,
): Record<string, NamedArray['values']> {
  const { anchors, rows, draws } = plan;
  const others = { rows: anchors, elements: used, draws, without: ownRows };
  switch (wayToDraw(plan)) {
    case 'whole':
      return { bankUsed: Int32Array.of(used) };
    case 'ring': {
      const { ringInnerRank = 0, ringOuterRank = used } = scalars;
      const size = { rows: anchors, width: rows, elements: ringOuterRank - ringInnerRank };
      const bankDraws = drawCounts({ ...size, draws: Math.max(1, draws - 1) }, random);
      return { bankDraws, bankUsed: Int32Array.of(used) };
    }
    case 'counted': {
      const counts = drawCounts({ ...others, width: rows }, random);
      for (const [row, known] of knownRows.entries()) {
        countKnown(counts.subarray(row * rows, (row + 1) * rows), known, random);
      }
      return { bankDraws: counts };
    }
    case 'drawn':
      return { bankDraws: drawIndices(others, random) };
  }
}
