import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { infoNce } from '../../../src-main/engine/losses/info-nce.ts';
import { withoutOwnPicture } from '../../../src-main/engine/losses/left-out-negatives.ts';
import { withMixedNegatives } from '../../../src-main/engine/losses/mixing.ts';
import { objectiveLoss } from '../../../src-main/engine/losses/objective-loss.ts';
import { queueCandidates } from '../../../src-main/engine/training/sources/queue-candidates.ts';
import { dot } from '../../golden/golden-cases.ts';
import { randomViews } from './random-views.ts';

const t = 0.2;
const rowsOf = (batch: number, seed: number) =>
  randomViews({ batch, dimensions: 4, noise: 0, seed }).z1;
const [queries, keys, queue] = [rowsOf(2, 1), rowsOf(2, 2), rowsOf(6, 3)];
/** The pictures of the queries and of the keys in the queue; 0 is no picture. */
const [rows, columns] = [
  [7, 9],
  [9, 0, 7, 5, 9, 8],
];
/** The columns of other pictures, of each query. */
const others = rows.map((own) => columns.flatMap((id, column) => (id === own ? [] : [column])));

function candidates() {
  const all = queueCandidates(tf.tensor2d(queries), tf.tensor2d(keys), tf.tensor2d(queue));
  const pictures = { rows: tf.tensor1d(rows, 'int32'), columns: tf.tensor1d(columns, 'int32') };
  return withoutOwnPicture(all, pictures);
}

const expectLosses = (found: tf.Tensor, expected: readonly number[]): void => {
  for (const [row, loss] of expected.entries()) expect(found.dataSync()[row]).toBeCloseTo(loss, 5);
};
const mass = (query: readonly number[], vector: readonly number[]): number =>
  Math.exp(dot(query, vector) / t);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe("older keys of the anchor's own picture", () => {
  beforeAll(() => tf.setBackend('cpu'));

  it('are not in the denominator, and N is smaller by their number', () => {
    const masked = candidates();
    expect([...masked.negatives.dataSync()]).toEqual([5, 4]);
    expectLosses(
      infoNce(masked, tf.scalar(t)).perAnchorLoss,
      queries.map((query, row) => {
        const positive = mass(query, keys[row]!);
        const negatives = sum(others[row]!.map((column) => mass(query, queue[column]!)));
        return Math.log((positive + negatives) / positive);
      }),
    );
  });

  it('have no rank of a ring', () => {
    const ring = objectiveLoss({ selection: 'ring', loss: 'info-nce' });
    const scalars = {
      temperature: tf.scalar(t),
      ringInnerRank: tf.scalar(1),
      ringOuterRank: tf.scalar(3),
    };
    expectLosses(
      ring.of(candidates(), scalars).perAnchorLoss,
      queries.map((query, row) => {
        const ranked = others[row]!.map((column) => mass(query, queue[column]!)).sort(
          (a, b) => b - a,
        );
        const positive = mass(query, keys[row]!);
        return Math.log((positive + sum(ranked.slice(1, 3))) / positive);
      }),
    );
  });

  it('are not mixed into synthetic negatives, whatever rank is drawn', () => {
    const ranks = [
      [0, 4, 5],
      [2, 3, 5],
    ];
    const draws = {
      active: tf.scalar(1),
      pairRanks: tf.zeros<tf.Rank.R3>([2, 0, 2], 'int32'),
      pairWeights: tf.zeros<tf.Rank.R2>([2, 0]),
      queryRanks: tf.tensor2d(ranks, [2, 3], 'int32'),
      queryWeights: tf.fill<tf.Rank.R2>([2, 3], 0.25),
    };
    const mixed = withMixedNegatives(
      candidates(),
      tf.tensor2d(queries),
      tf.tensor2d(queue),
      6,
      draws,
    );
    const similarity = mixed.similarity.arraySync();
    for (const [row, query] of queries.entries()) {
      const hardest = others[row]!.map((column) => queue[column]!).sort(
        (a, b) => dot(query, b) - dot(query, a),
      );
      for (const [at, rank] of ranks[row]!.entries()) {
        const key = hardest[rank % hardest.length]!;
        const vector = key.map((value, d) => 0.25 * query[d]! + 0.75 * value);
        const expected = dot(query, vector) / Math.hypot(...vector);
        expect(similarity[row]![6 + at]).toBeCloseTo(expected, 5);
      }
    }
    expect([...mixed.negatives.dataSync()]).toEqual([8, 7]);
  });
});
