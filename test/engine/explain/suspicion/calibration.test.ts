import { beforeAll, describe, expect, it } from 'vitest';
import { precisionFrom } from '../../../../src-main/contract/suspicion.ts';
import { calibrationOf } from '../../../../src-main/engine/explain/suspicion/calibration.ts';
import type { Calibration } from '../../../../src-main/engine/explain/suspicion/calibration.ts';
import { foldsOf } from '../../../../src-main/engine/explain/suspicion/pair-counts.ts';
import { exactNeighbours } from '../../../../src-main/engine/neighbours/exact-neighbours.ts';
import type { KnownPairs } from '../../../../src-main/engine/verdicts/false-pairs.ts';
import golden from '../../../fixtures/suspicion.json' with { type: 'json' };

const { expected } = golden;
const count = golden.labels.length;
const rows = {
  vectors: Float32Array.from(golden.vectors),
  dimensions: golden.dimensions,
  count,
};
const known: KnownPairs = {
  labels: Int32Array.from(golden.labels),
  labelMembers: [[0], [1], [2], [3], [4]],
  same: [],
  groups: Int32Array.from(golden.groups),
  different: golden.different.map(([one, other]) => [one!, other!] as const),
};
const sample = { order: Uint32Array.from(golden.order), anchors: golden.anchors };
const nothing = { labels: new Int32Array(count).fill(-1), groups: new Int32Array(count).fill(-1) };

describe('a calibration, against NumPy and SciPy', () => {
  let calibration: Calibration;
  beforeAll(async () => {
    const neighbours = await exactNeighbours({ ...rows, k: 15 });
    calibration = await calibrationOf(rows, known, neighbours, sample);
  });

  it('counts the pairs whose truth labels and verdicts give', () => {
    expect(calibration).toMatchObject({
      ...{ knownPairs: expected.knownPairs, samePairs: expected.samePairs },
      ...{ anchors: expected.anchors, why: '' },
    });
  });

  it('has the prior, the AUC and the Brier scores', () => {
    expect(calibration.measured?.prior).toBeCloseTo(expected.prior, 10);
    expect(calibration.measured?.auc).toBeCloseTo(expected.auc, 10);
    expect(calibration.brier?.calibrated).toBeCloseTo(expected.brier.calibrated, 10);
    expect(calibration.brier?.constant).toBeCloseTo(expected.brier.constant, 10);
  });

  it('gives each row the curve that was fitted without its fold', () => {
    const folds = foldsOf(sample.order);
    for (let row = 0; row < count; row++) {
      const curve = calibration.posteriorByRank(row)!;
      expected.curves[folds[row]!]!.forEach((value, rank) =>
        expect(curve[rank]).toBeCloseTo(value, 10),
      );
    }
  });

  it('groups pairs by their posterior', () => {
    expect(calibration.reliability).toEqual(
      expected.reliability.map(({ predicted, observed, pairs }) => ({
        predicted: expect.closeTo(predicted, 10) as number,
        observed: expect.closeTo(observed, 10) as number,
        pairs,
      })),
    );
  });

  it('measures how precise each sign is', () => {
    const { mutual, nearest } = calibration.signs;
    const precise = ({ pairs, precision }: { pairs: number; precision: number }) => ({
      pairs,
      precision: expect.closeTo(precision, 10) as number,
    });
    expect(mutual).toEqual(precise(expected.mutual));
    expect(nearest).toMatchObject(precise(expected.nearest));
    expect(nearest.threshold).toBeGreaterThan(expected.threshold[0]!);
    expect(nearest.threshold).toBeLessThanOrEqual(expected.threshold[1]!);
    expect(calibration.suspectedPrecision(1 / 3)).toEqual(precise(expected.suspected));
    for (const [at, { precision }] of Object.entries(expected.similar)) {
      expect(precisionFrom(calibration.similarityPrecision, Number(at))).toBeCloseTo(precision, 6);
    }
  });
});

describe('what does not calibrate', () => {
  it('is nothing known', async () => {
    const calibration = await calibrationOf(rows, { ...known, ...nothing, different: [] }, null);
    expect(calibration.why).toBe('No label and no verdict says what a pair shows.');
    expect(calibration.measured).toBeNull();
    expect(calibration.posteriorByRank(0)).toBeNull();
    expect(calibration.signs.nearest.threshold).toBeGreaterThan(0);
    expect(precisionFrom(calibration.similarityPrecision, 0.5)).toBeNull();
  });

  it('is too few pairs', async () => {
    const calibration = await calibrationOf(rows, { ...known, ...nothing }, null, {
      ...sample,
      anchors: count,
    });
    // Five pairs were judged different.
    expect(calibration.why).toMatch(
      /^Too few pairs are known: 0 of the same thing and 10 of different ones, seen from 10 pictures/,
    );
  });

  it('is pairs of near pictures alone, of which no prior can be told', async () => {
    // On a half circle the nearest are the neighbours by number.
    const angles = Array.from({ length: count }, (_, row) => (Math.PI * row) / count);
    const circle = {
      vectors: Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])),
      ...{ dimensions: 2, count },
    };
    const groups = Int32Array.from(angles, (_, row) => Math.floor(row / 3));
    const different = [...groups.keys()]
      .filter((row) => row % 3 === 2 && row + 1 < count)
      .map((row) => [row, row + 1] as const);
    const near = await calibrationOf(circle, { ...known, ...nothing, groups, different }, null);
    expect(near.why).toBe(
      'The known pairs are all of near pictures: judge some pairs in the random order of Review.',
    );
  });
});
