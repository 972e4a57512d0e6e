import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { batchCandidates } from '../../../src-main/engine/training/sources/batch-candidates.ts';
import type { Candidates } from '../../../src-main/engine/losses/candidates.ts';
import { isJudgedSame } from '../../../src-main/engine/losses/judged-pairs.ts';
import { withKnownColumns } from '../../../src-main/engine/losses/known-columns.ts';
import type { LossScalars } from '../../../src-main/engine/losses/loss.ts';
import { objectiveLoss } from '../../../src-main/engine/losses/objective-loss.ts';
import { randomViews } from './random-views.ts';

const batch = 5;
const views = randomViews({ batch, dimensions: 6, noise: 0.8, seed: 11 });

interface Found {
  readonly losses: number[];
  /** d of the sum of losses by each similarity. */
  readonly pushes: number[][];
}

type Use = 'ignore' | 'mask' | 'attract';

/** One selection over a batch whose pictures have these groups; -1 is none. */
async function judged(
  name: 'all' | 'debiased' | 'hard' | 'ring' | 'cave',
  numbers: Readonly<Record<string, number>>,
  groups: readonly number[],
  use: Use,
  pictures = views,
): Promise<Found> {
  await tf.setBackend('cpu');
  return tf.tidy(() => {
    const scalars = Object.fromEntries(
      Object.entries(numbers).map(([key, value]) => [key, tf.scalar(value)]),
    ) as LossScalars;
    const source = batchCandidates(tf.tensor2d(pictures.z1), tf.tensor2d(pictures.z2));
    const twice = (none: number) =>
      tf.tensor1d(
        [...groups, ...groups].map((group) => (group < 0 ? none : group)),
        'int32',
      );
    const candidates: Candidates =
      use === 'ignore'
        ? source
        : withKnownColumns(source, [
            { use, isSame: isJudgedSame({ rows: twice(-1), columns: twice(-2) }) },
          ]);
    const loss = objectiveLoss({ selection: name, loss: 'info-nce' });
    const losses = (similarity: tf.Tensor): tf.Tensor =>
      loss.of({ ...candidates, similarity: similarity as tf.Tensor2D }, scalars).perAnchorLoss;
    return {
      losses: [...losses(candidates.similarity).dataSync()],
      pushes: tf.grad(losses)(candidates.similarity).arraySync() as number[][],
    };
  });
}

const objectives = [
  ['all', { temperature: 0.3 }],
  ['debiased', { temperature: 0.5, tauPlus: 0.1 }],
  ['hard', { temperature: 0.5, tauPlus: 0.1, beta: 1 }],
  ['ring', { temperature: 0.3, ringInnerRank: 0, ringOuterRank: 100 }],
  ['cave', { temperature: 0.3, ringInnerRank: 2, ringOuterRank: 100 }],
] as const;

describe('pairs judged the same', () => {
  it.each(objectives)(
    '%s: masked, an anchor has the loss and pushes of the batch without its twin',
    async (name, numbers) => {
      // Pictures 1 and 3 are one thing; the batch without picture 3 has 1 at the same place.
      const masked = await judged(name, numbers, [-1, 0, -1, 0, -1], 'mask');
      const without = (rows: number[][]) => rows.filter((_, picture) => picture !== 3);
      const less = { z1: without(views.z1), z2: without(views.z2) };
      const alone = await judged(name, numbers, [-1, -1, -1, -1], 'ignore', less);
      for (const [row, rowAlone] of [
        [1, 1],
        [6, 5],
      ] as const) {
        expect(masked.losses[row]).toBeCloseTo(alone.losses[rowAlone]!, 5);
        const rest = masked.pushes[row]!.filter((_, column) => column % batch !== 3);
        for (const [column, push] of rest.entries()) {
          expect(push).toBeCloseTo(alone.pushes[rowAlone]![column]!, 5);
        }
        expect(masked.pushes[row]![3]).toBe(0);
        expect(masked.pushes[row]![8]).toBe(0);
      }
    },
  );

  it('masked, every pair within a group is out, and no other', async () => {
    const numbers = { temperature: 0.3 };
    const { pushes } = await judged('all', numbers, [7, 7, -1, 7, -1], 'mask');
    const group = new Set([0, 1, 3]);
    for (const [row, columns] of pushes.entries()) {
      for (const [column, push] of columns.entries()) {
        const [one, other] = [row % batch, column % batch];
        const isOut = one === other || (group.has(one) && group.has(other));
        if (isOut) expect(push).toBe(0);
        else expect(push).toBeGreaterThan(0);
      }
    }
  });

  it.each(objectives)(
    '%s: attracted, they are pulled as much as the other view of the picture, and all the rest is pushed',
    async (name, numbers) => {
      const masked = await judged(name, numbers, [-1, 0, -1, 0, -1], 'mask');
      const attracted = await judged(name, numbers, [-1, 0, -1, 0, -1], 'attract');
      const pull = -1 / 3 / numbers.temperature;
      expect(attracted.pushes[1]![3]).toBeCloseTo(pull, 5);
      expect(attracted.pushes[1]![8]).toBeCloseTo(pull, 5);
      expect(attracted.pushes[1]![0]).toBeCloseTo(masked.pushes[1]![0]!, 5);
      expect(attracted.losses[0]).toBe(masked.losses[0]);
      expect(attracted.losses[1]).not.toBeCloseTo(masked.losses[1]!, 3);
    },
  );

  it.each(objectives)('%s: stays a number when nothing is left to push', async (name, numbers) => {
    const { losses, pushes } = await judged(name, numbers, [0, 0, 0, 0, 0], 'mask');
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(pushes.flat().every((push) => push === 0)).toBe(true);
  });

  it('masked pair by pair, what is the same as two others does not make these the same', async () => {
    await tf.setBackend('cpu');
    const found = tf.tidy(() => {
      const source = batchCandidates(tf.tensor2d(views.z1), tf.tensor2d(views.z2));
      const alone = (none: number) =>
        tf.tensor1d(
          Array.from({ length: 2 * batch }, () => none),
          'int32',
        );
      // Picture 1 is the same as 0 and as 3, in both views of each.
      const isSame = (row: number, column: number): boolean => {
        const pair = [row % batch, column % batch].sort().join(' ');
        return pair === '0 1' || pair === '1 3';
      };
      const pairs = Array.from({ length: 2 * batch }, (_, row) =>
        Array.from({ length: 2 * batch }, (_, column) => Number(isSame(row, column))),
      );
      const judged = { rows: alone(-1), columns: alone(-2), pairs: tf.tensor2d(pairs) };
      const masked = withKnownColumns(source, [{ use: 'attract', isSame: isJudgedSame(judged) }]);
      const asNumbers = (mask: tf.Tensor): number[][] =>
        tf.cast(tf.broadcastTo(mask, source.similarity.shape), 'float32').arraySync() as number[][];
      return {
        before: asNumbers(source.isNegative),
        left: asNumbers(masked.isNegative),
        attracted: asNumbers(masked.isPositive!),
        count: [...masked.negatives.dataSync()],
        pairs,
      };
    });
    for (const [row, columns] of found.before.entries()) {
      const taken = columns.map((one, column) => one * found.pairs[row]![column]!);
      expect(found.attracted[row]).toEqual(taken);
      expect(found.left[row]).toEqual(columns.map((one, column) => one - taken[column]!));
      // 8 negatives of an anchor in a batch of 5; two views of each picture that is the same are out.
      const same = [1, 2, 0, 1, 0][row % batch]!;
      expect(found.count[row]).toBe(8 - 2 * same);
    }
  });
});
