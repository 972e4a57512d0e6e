import { describe, expect, it } from 'vitest';
import type { ObjectivePreset } from '../../src-main/contract/objectives/presets.ts';
import { explainAnchor } from '../../src-main/engine/explain/explain-anchor.ts';
import type { ExplanationSettings } from '../../src-main/engine/explain/explain-anchor.ts';
import { explanationSettings } from '../../src-main/engine/explain/explain-run-anchor.ts';
import { casesOf, dot, largestDifference } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';

/** The files' objectives, as ours, and the names of their settings. */
const named: Readonly<Record<string, ObjectivePreset>> = {
  adnce: 'adnce',
  decoupled: 'decoupled',
  siglip: 'sigmoid',
};
const names: Readonly<Record<string, string>> = {
  ...{ temperature: 'temperature', mu: 'gaussMean', sigma: 'gaussSigma', bias: 'sigmoidBias' },
};

function settingsOf({ objective, params }: GoldenCase): ExplanationSettings {
  const settings = Object.entries(params).flatMap(([key, value]) =>
    names[key] === undefined ? [] : [[names[key], value] as const],
  );
  const run = { objective: named[objective]!, settings: Object.fromEntries(settings) };
  return explanationSettings(run, {});
}

function rowsOf({ inputs }: GoldenCase): Matrix {
  return [...(inputs['z1'] as Matrix), ...(inputs['z2'] as Matrix)];
}

/** Every row of the batch explained by its negatives, and which rows those are. */
function explainRows(golden: GoldenCase, settings: ExplanationSettings) {
  const rows = rowsOf(golden);
  return rows.map((anchor, index) => {
    const partner = (index + rows.length / 2) % rows.length;
    const negatives = [...rows.keys()].filter((row) => row !== index && row !== partner);
    const explained = explainAnchor(
      {
        similarities: Float64Array.from(negatives, (row) => dot(anchor, rows[row]!)),
        positiveSimilarity: dot(anchor, rows[partner]!),
        labelRelation: new Uint8Array(negatives.length),
        mutualKnn: new Uint8Array(negatives.length),
      },
      settings,
    );
    return { ...explained, negatives, partner };
  });
}

describe('anchors of the further losses', () => {
  const cases = casesOf(...Object.keys(named)).map((golden) => ({ golden, name: golden.name }));

  it.each(cases)('$name have the losses, and push as its gradient says', ({ golden }) => {
    const rows = rowsOf(golden);
    const anchors = explainRows(golden, settingsOf(golden));
    const losses = anchors.map(({ loss }) => loss);
    expect(largestDifference(losses, golden.expected['per_anchor'] as number[])).toBeLessThan(1e-9);
    const gradient = rows.map((row) => row.map(() => 0));
    const add = (row: number, other: number, push: number): void => {
      for (const [place, value] of rows[other]!.entries()) {
        gradient[row]![place]! += (push * value) / rows.length;
      }
    };
    for (const [index, { pushes, pull, negatives, partner }] of anchors.entries()) {
      for (const [one, other] of [
        ...negatives.map((row, candidate) => [row, pushes[candidate]!] as const),
        [partner, pull] as const,
      ]) {
        add(index, one, other);
        add(one, index, other);
      }
    }
    const expected = golden.expected['grad'] as Readonly<Record<string, Matrix>>;
    const wanted = [...expected['z1']!, ...expected['z2']!].flat();
    expect(largestDifference(gradient.flat(), wanted)).toBeLessThan(1e-9);
  });

  it('of the global loss are those of the decoupled one, over the mean of the negatives', () => {
    const [golden] = casesOf('decoupled');
    const settings = settingsOf(golden!);
    const decoupled = explainRows(golden!, settings);
    const whole = explainRows(golden!, { ...settings, objective: 'sogclr', loss: 'global' });
    for (const [index, { loss, pushes, negatives }] of whole.entries()) {
      expect(loss).toBeCloseTo(decoupled[index]!.loss - Math.log(negatives.length), 10);
      expect(largestDifference(pushes, decoupled[index]!.pushes)).toBe(0);
    }
  });
});
