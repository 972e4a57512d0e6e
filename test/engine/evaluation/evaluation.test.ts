import { describe, expect, it } from 'vitest';
import { alignment, uniformity } from '../../../src-main/engine/evaluation/alignment-uniformity.ts';
import { precisionAtK } from '../../../src-main/engine/evaluation/precision-at-k.ts';
import { linearProbeAccuracy } from '../../../src-main/engine/evaluation/linear-probe.ts';
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
