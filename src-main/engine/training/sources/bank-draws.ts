import * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import { bankCandidates, countedBankCandidates, drawnBankCandidates } from './bank-candidates.ts';
import type { BankBatch } from './bank-candidates.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { countWhere } from '../../losses/masks.ts';
import { drawCounts, drawIndices } from './draw-counts.ts';
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
  /** Whether all anchors must have the same columns, as a ledger and verdicts ask. */
  readonly sharesColumns: boolean;
}

type Way = 'whole' | 'ring' | 'counted' | 'drawn';

/** From so many rows for each draw on, only the drawn rows are scored, not the whole bank. */
const sparseFrom = 16;

/** How a bank is scored: whole, as far as its ring, with counted draws, or the drawn rows alone. */
export function wayToDraw({ rows, draws, fromRing, sharesColumns }: BankDraws): Way {
  if (draws === 0) return 'whole';
  if (fromRing) return 'ring';
  return sharesColumns || rows < sparseFrom * draws ? 'counted' : 'drawn';
}

/** The inputs that take what is drawn for each anchor, or how many rows are taken. */
export function drawInputs(plan: BankDraws): InputSpec[] {
  const { anchors, rows, draws } = plan;
  const way = wayToDraw(plan);
  if (way === 'whole') return [{ name: 'bankUsed', shape: [], dtype: 'int32' }];
  if (way === 'drawn') return [{ name: 'bankDraws', shape: [anchors, draws], dtype: 'int32' }];
  const counts = { name: 'bankDraws', shape: [anchors, rows], dtype: 'float' } as const;
  return way === 'counted' ? [counts] : [counts, { name: 'bankUsed', shape: [], dtype: 'int32' }];
}

/** The candidates of a batch in the bank, as the plan draws them. */
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

/** All rows of the bank but the picture's own and those of no picture. */
function wholeBank(batch: BankBatch, input: (name: string) => tf.Tensor): Candidates {
  const candidates = bankCandidates(batch);
  const isUsed = tf.less(tf.range(0, batch.bank.shape[0], 1, 'int32'), input('bankUsed'));
  const isNegative = tf.logicalAnd(candidates.isNegative, isUsed);
  return { ...candidates, isNegative, negatives: countWhere(isNegative) };
}

/**
 * The draws of a step among the `used` first rows of the bank. From a ring one fewer than K, because
 * K counts the positive (the official NCERing).
 */
export function bankDrawFeeds(
  plan: BankDraws,
  { random, scalars }: Pick<HostStep, 'random' | 'scalars'>,
  used: number,
): Record<string, NamedArray['values']> {
  const { anchors, rows, draws } = plan;
  switch (wayToDraw(plan)) {
    case 'whole':
      return { bankUsed: Int32Array.of(used) };
    case 'ring': {
      const { ringInnerRank = 0, ringOuterRank = used } = scalars;
      const size = { rows: anchors, width: rows, elements: ringOuterRank - ringInnerRank };
      const bankDraws = drawCounts({ ...size, draws: Math.max(1, draws - 1) }, random);
      return { bankDraws, bankUsed: Int32Array.of(used) };
    }
    case 'counted':
      return {
        bankDraws: drawCounts({ rows: anchors, width: rows, elements: used, draws }, random),
      };
    case 'drawn':
      return { bankDraws: drawIndices({ rows: anchors, elements: used, draws }, random) };
  }
}
