import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  bankCandidates,
  countedBankCandidates,
  drawnBankCandidates,
  updatedBank,
} from '../../../../src-main/engine/training/sources/bank-candidates.ts';
import { infoNce } from '../../../../src-main/engine/losses/info-nce.ts';
import { objectiveLoss } from '../../../../src-main/engine/losses/objective-loss.ts';
import { dot } from '../../../golden/golden-cases.ts';
import { randomViews } from '../../losses/random-views.ts';

const { z1: x } = randomViews({ batch: 2, dimensions: 3, noise: 1, seed: 1 });
const { z1: bank } = randomViews({ batch: 5, dimensions: 3, noise: 1, seed: 2 });
const rows = [3, 1];

function batchOf() {
  return {
    x: tf.tensor2d(x),
    bank: tf.tensor2d(bank),
    rows: tf.tensor1d(rows, 'int32'),
  };
}

describe('memory bank', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('is a full softmax over its rows without draws', () => {
    const t = 0.3;
    const { perAnchorLoss } = infoNce(bankCandidates(batchOf()), tf.scalar(t));
    const expected = x.map((anchor, index) => {
      const masses = bank.map((row) => Math.exp(dot(anchor, row) / t));
      return -Math.log(masses[rows[index]!]! / masses.reduce((sum, mass) => sum + mass));
    });
    const found = perAnchorLoss.dataSync();
    for (const [index, loss] of expected.entries()) expect(found[index]).toBeCloseTo(loss, 5);
  });

  it('weighs draws the same counted as gathered, repeated and own ones too', () => {
    const scalars = {
      temperature: tf.scalar(0.3),
      tauPlus: tf.scalar(0.1),
      beta: tf.scalar(1),
    };
    const noise = [
      [0, 0, 0, 3, 4],
      [2, 1, 2, 1, 0],
    ];
    const counts = noise.map((row) =>
      bank.map((_, column) => row.filter((drawn) => drawn === column).length),
    );
    const counted = countedBankCandidates(batchOf(), tf.tensor2d(counts));
    const drawn = drawnBankCandidates(batchOf(), tf.tensor2d(noise, [2, 5], 'int32'));
    for (const selection of ['all', 'hard'] as const) {
      const loss = objectiveLoss({ selection, loss: 'info-nce' });
      const expected = loss.of(drawn, scalars).perAnchorLoss.dataSync();
      const found = loss.of(counted, scalars).perAnchorLoss.dataSync();
      for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 5);
    }
  });

  it('moves the rows of the batch and no others, to unit rows', () => {
    const after = updatedBank(batchOf(), tf.scalar(0.5)).arraySync();
    for (const [row, values] of after.entries()) {
      const index = rows.indexOf(row);
      const mixed = bank[row]!.map((value, d) => (index < 0 ? value : (value + x[index]![d]!) / 2));
      const length = Math.hypot(...mixed);
      for (const [d, value] of values.entries()) expect(value).toBeCloseTo(mixed[d]! / length, 5);
    }
  });
});
