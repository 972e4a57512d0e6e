import { expect } from 'vitest';
import { parseObjectiveSettings } from '../../src-main/contract/objectives/parse-objective.ts';
import { explainAnchor } from '../../src-main/engine/explain/explain-anchor.ts';
import type { AnchorExplanation } from '../../src-main/engine/explain/explain-anchor.ts';
import { effectiveNumber } from '../../src-main/engine/numeric/softmax.ts';
import { describeCases, dot, largestDifference } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';
import { isOfPreset, presetOfObjective, settingsOf } from './golden-settings.ts';

const tolerance = 1e-9;

/** Every row of the batch explained as an anchor, its candidates in the golden files' order. */
function explainRows(golden: GoldenCase): AnchorExplanation[] {
  const preset = presetOfObjective[golden.objective]!;
  const settings = parseObjectiveSettings(preset, settingsOf(golden));
  const rows = [...(golden.inputs['z1'] as Matrix), ...(golden.inputs['z2'] as Matrix)];
  return rows.map((anchor, index) => {
    const partner = (index + rows.length / 2) % rows.length;
    const negatives = rows.filter((_, row) => row !== index && row !== partner);
    return explainAnchor(
      {
        similarities: Float64Array.from(negatives, (row) => dot(anchor, row)),
        positiveSimilarity: dot(anchor, rows[partner]!),
        labelRelation: new Uint8Array(negatives.length),
        mutualKnn: new Uint8Array(negatives.length),
      },
      {
        objective: preset,
        temperature: settings.temperature!,
        beta: settings.beta ?? 0,
        tauPlus: settings.tauPlus ?? 0,
        ringOuter: settings.ringOuter ?? 1,
        ringInner: settings.ringInner ?? 0,
        ringDynamicInner: settings.ringDynamicInner ?? true,
        hardShare: 0.5,
      },
    );
  });
}

function ringPositions({ zone, order }: AnchorExplanation): number[] {
  return [...order].filter((candidate) => zone[candidate] === 1);
}

/** What the files say of single anchors, by field, from our explanations. */
const fields: Readonly<Record<string, (rows: readonly AnchorExplanation[]) => unknown>> = {
  clamped: (rows) => rows.map(({ clamped }) => clamped),
  q_beta_anchor0: (rows) => rows[0]!.importance,
  ess_anchor0: (rows) => [effectiveNumber(rows[0]!.importance)],
  dloss0_dsim_neg: (rows) => rows[0]!.pushes,
  dloss0_dsim_pos: (rows) => [rows[0]!.pull],
  ring_negative_positions: (rows) => rows.map((row) => ringPositions(row).sort((a, b) => a - b)),
};

function checkAnchors(golden: GoldenCase): void {
  const rows = explainRows(golden);
  const losses = golden.expected['per_anchor'] as number[];
  const ours = rows.map(({ loss }) => loss);
  expect(largestDifference(ours, losses)).toBeLessThan(tolerance);
  const aux = (golden.expected['aux'] ?? {}) as Readonly<Record<string, unknown>>;
  for (const [name, expected] of Object.entries(aux)) {
    const field = fields[name];
    if (field === undefined) continue;
    if (name === 'ring_negative_positions') {
      const sorted = (expected as number[][]).map((row) => [...row].sort((a, b) => a - b));
      expect(field(rows), name).toEqual(sorted);
      continue;
    }
    const column = [expected].flat().map(Number);
    const own = Array.from(field(rows) as ArrayLike<number | boolean>, Number);
    expect(largestDifference(own, column), name).toBeLessThan(tolerance);
  }
}

for (const objective of Object.keys(presetOfObjective)) {
  describeCases(`golden anchors of ${objective}`, objective, checkAnchors, isOfPreset);
}
