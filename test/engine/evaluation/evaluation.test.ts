import { describe, expect, it } from 'vitest';
import { alignment, uniformity } from '../../../src-main/engine/evaluation/alignment-uniformity.ts';
import {
  precisionAtK,
  precisionBounds,
} from '../../../src-main/engine/evaluation/precision-at-k.ts';
import { accuracyOf } from '../../../src-main/engine/evaluation/accuracy.ts';
import { rankMe } from '../../../src-main/engine/evaluation/rank-me.ts';
import { scoredLabels } from '../../../src-main/engine/evaluation/scored-labels.ts';
import { linearProbe } from '../../../src-main/engine/evaluation/linear-probe.ts';
import { leaveOneOutAccuracy } from '../../../src-main/engine/evaluation/weighted-knn.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import type { UnitRows } from '../../../src-main/engine/numeric/unit-rows.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

/** Rows on the circle, by angle in degrees. */
function onCircle(angles: readonly number[]): UnitRows {
  const radians = angles.map((angle) => (angle * Math.PI) / 180);
  const vectors = Float32Array.from(radians.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
  return { vectors, count: angles.length, dimensions: 2 };
}

/** `perClass` rows around each of `classes` random directions. */
function clusters(classes: number, perClass: number, spread: number): [UnitRows, Int32Array] {
  const random = seedRandom(7);
  const dimensions = 12;
  const centres = Array.from({ length: classes * dimensions }, () => random.normal());
  const rows = Array.from({ length: classes * perClass }, (_, row) => {
    const label = row % classes;
    const raw = Array.from(
      { length: dimensions },
      (_, column) => centres[label * dimensions + column]! + spread * random.normal(),
    );
    return raw.map((value) => value / Math.hypot(...raw));
  });
  const labels = Int32Array.from(rows, (_, row) => row % classes);
  return [{ vectors: Float32Array.from(rows.flat()), count: rows.length, dimensions }, labels];
}

async function linearProbeAccuracy(rows: UnitRows, labels: Int32Array): Promise<number | null> {
  const shares = await linearProbe(rows, labels, null);
  return shares && accuracyOf(labels, (row) => shares.right[row]!)!.all;
}

describe('weighted kNN, leave-one-out', () => {
  // 0, 10 and 20 degrees against 100 and 110: the picture at 60 is nearest to 20 and 100 alike.
  const rows = onCircle([0, 10, 20, 100, 110, 57]);

  it('counts the rows whose neighbours vote for their label', async () => {
    const neighbours = await exactNeighbours({ ...rows, k: 2 });
    const labels = Int32Array.from([0, 0, 0, 1, 1, 0]);
    // 57°: its two nearest are 20° (label 0) and 10° or 100°; 100° and 110° each see one friend
    // at 10° and a stranger much farther off.
    expect(leaveOneOutAccuracy({ neighbours, labels }, 2)).toBe(1);
  });

  it('leaves unlabelled pictures out, as anchors and as voters', async () => {
    const neighbours = await exactNeighbours({ ...rows, k: 2 });
    const labels = Int32Array.from([0, -1, 1, 1, 1, -1]);
    // 0° sees 20° only (label 1, wrong); 20° sees 0° (wrong); 100° and 110° see each other (right).
    expect(leaveOneOutAccuracy({ neighbours, labels }, 2)).toBe(0.5);
    expect(leaveOneOutAccuracy({ neighbours, labels: new Int32Array(6).fill(-1) }, 2)).toBeNull();
  });

  it('refuses more neighbours than there are', async () => {
    const neighbours = await exactNeighbours({ ...rows, k: 2 });
    expect(() => leaveOneOutAccuracy({ neighbours, labels: new Int32Array(6) }, 3)).toThrow(
      /only 2 others/,
    );
  });
});

describe('precision at k', () => {
  it('is the share of same-label pictures among the most similar', async () => {
    const neighbours = await exactNeighbours({ ...onCircle([0, 5, 11, 90]), k: 2 });
    const labels = Int32Array.from([0, 0, 1, 1]);
    // Nearest two of 0°: 5°, 11° -> 1/2. Of 5°: 0°, 11° -> 1/2. Of 11°: 5°, 0° -> 0. Of 90°: 11°, 5° -> 1/2.
    expect(precisionAtK({ neighbours, labels }, 2)).toBeCloseTo(1.5 / 4, 12);
  });
});

describe('what a precision can be', () => {
  const labels = Int32Array.from([0, 0, 0, 1, 1, -1]);

  it('by chance is the share of the label among the others, at best what there is of it', () => {
    // Label 0 has two others among five, label 1 has one.
    const bounds = precisionBounds({ labels }, 2)!;
    expect(bounds.chance).toBeCloseTo((3 * (2 / 5) + 2 * (1 / 5)) / 5, 12);
    expect(bounds.ceiling).toBeCloseTo((3 * 1 + 2 * (1 / 2)) / 5, 12);
  });

  it('leaves the own group out of both', () => {
    const groups = Int32Array.from([7, 7, 2, 3, 4, 5]);
    // Rows 0 and 1 have four others each, one of them of their label; row 2 has two of five.
    const bounds = precisionBounds({ labels, groups }, 2)!;
    expect(bounds.chance).toBeCloseTo((1 / 4 + 1 / 4 + 2 / 5 + 1 / 5 + 1 / 5) / 5, 12);
    expect(bounds.ceiling).toBeCloseTo((1 / 2 + 1 / 2 + 1 + 1 / 2 + 1 / 2) / 5, 12);
  });

  it('is not asked of pictures that none could give their label', () => {
    const groups = Int32Array.from([7, 7, 2, 3, 3, 5]);
    expect(scoredLabels(Int32Array.from([0, 0, 1]), null)).toEqual({
      labels: Int32Array.from([0, 0, -1]),
      ...{ pictures: 2, alone: 1 },
    });
    // Both pictures of label 1 are one group: neither may vote for the other.
    expect(scoredLabels(labels, groups)).toEqual({
      labels: Int32Array.from([0, 0, 0, -1, -1, -1]),
      ...{ pictures: 3, alone: 2 },
    });
  });
});

describe('neighbours outside a group', () => {
  it('pass over the own group, and are -1 where none is left', async () => {
    const rows = onCircle([0, 5, 11, 90]);
    const groups = Int32Array.from([1, 1, 2, 1]);
    const found = await exactNeighbours({ ...rows, k: 2, groups });
    expect([...found.rows]).toEqual([2, -1, 2, -1, 1, 0, 2, -1]);
    const labels = Int32Array.from([0, 0, 0, 1]);
    // 0°, 5° and 11° see their label only; 90° sees 11°, which has another.
    expect(precisionAtK({ neighbours: found, labels }, 2)).toBe(3 / 4);
    expect(leaveOneOutAccuracy({ neighbours: found, labels }, 2)).toBe(3 / 4);
  });
});

describe('balanced accuracy', () => {
  it('is the mean over the labels, however many pictures they have', () => {
    const right = [1, 1, 1, 0, 0.5];
    const accuracy = accuracyOf(Int32Array.from([0, 0, 0, 0, 1, -1]), (row) => right[row]!)!;
    expect(accuracy).toEqual({ all: 3.5 / 5, balanced: (3 / 4 + 1 / 2) / 2 });
  });
});

describe('RankMe', () => {
  /** Unit rows of sin(0.7 m²) + 0.3, m = 1, 2, …; the values are of NumPy 2.4's singular values. */
  const rows = (count: number, dimensions: number): UnitRows => {
    const raw = Array.from({ length: count }, (_, row) =>
      Array.from({ length: dimensions }, (__, column) => {
        const m = row * dimensions + column + 1;
        return Math.sin(m * m * 0.7) + 0.3;
      }),
    );
    const unit = raw.flatMap((one) => one.map((value) => value / Math.hypot(...one)));
    return { vectors: Float32Array.from(unit), count, dimensions };
  };

  it.each([
    [40, 6, 5.771074406015368],
    [10, 16, 9.056452856821844],
    [300, 64, 61.39933785253555],
  ])('of %i x %i is NumPy’s', async (count, dimensions, expected) => {
    expect(await rankMe(rows(count, dimensions))).toBeCloseTo(expected, 5);
  });

  it('is 1 where all rows are one', async () => {
    expect(await rankMe(onCircle([30, 30, 30]))).toBeCloseTo(1, 4);
  });
});

describe('alignment and uniformity', () => {
  it('are 0 where all is one point, and 4 at opposite ends', async () => {
    const point = onCircle([30, 30, 30]);
    expect(alignment(point, point)).toBe(0);
    expect(await uniformity(point)).toBeCloseTo(0, 6);
    expect(alignment(onCircle([0]), onCircle([180]))).toBeCloseTo(4, 5);
  });

  it('follow the formulas on three points', async () => {
    const squaredDistances = [2, 4, 2];
    const mean = squaredDistances.reduce((sum, d) => sum + Math.exp(-2 * d), 0) / 3;
    expect(await uniformity(onCircle([0, 90, 180]))).toBeCloseTo(Math.log(mean), 6);
  });

  it('count every pair once where points fill several blocks', async () => {
    const degrees = Array.from({ length: 1203 }, (_, index) => (index * 137.5) % 97);
    let sum = 0;
    for (const [index, one] of degrees.entries()) {
      for (const other of degrees.slice(0, index)) {
        sum += Math.exp(-4 * (1 - Math.cos(((one - other) * Math.PI) / 180)));
      }
    }
    const mean = sum / ((degrees.length * (degrees.length - 1)) / 2);
    expect(await uniformity(onCircle(degrees))).toBeCloseTo(Math.log(mean), 6);
  });
});

describe('linear probe', () => {
  it('tells separable clusters apart and knows nothing of shuffled labels', async () => {
    const [rows, labels] = clusters(4, 60, 0.4);
    expect(await linearProbeAccuracy(rows, labels)).toBeGreaterThan(0.97);
    const random = seedRandom(3);
    const shuffled = labels.map(() => random.index(4));
    const chance = await linearProbeAccuracy(rows, shuffled);
    expect(chance).toBeGreaterThan(0.15);
    expect(chance).toBeLessThan(0.37);
  });

  it('needs two labels', async () => {
    const [rows] = clusters(2, 20, 0.4);
    expect(await linearProbeAccuracy(rows, new Int32Array(rows.count))).toBeNull();
  });
});
