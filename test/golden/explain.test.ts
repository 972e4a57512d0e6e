import { expect } from 'vitest';
import { anchorGradient } from '../../src-main/engine/explain/anchor-gradient.ts';
import { labelRelations } from '../../src-main/engine/explain/assign-bins.ts';
import { explainAnchor } from '../../src-main/engine/explain/explain-anchor.ts';
import {
  falseNegativePosterior,
  shareAtMostAsSimilar,
} from '../../src-main/engine/explain/false-negative-posterior.ts';
import { effectiveNumber } from '../../src-main/engine/numeric/softmax.ts';
import { mutualKnn } from './mutual-knn.ts';
import { effectiveOfShares } from './explained-numbers.ts';
import { evidenceBits } from '../../src-main/contract/negatives.ts';
import { describeCases, dot, largestDifference, parameter } from './golden-cases.ts';
import type { GoldenCase, Matrix } from './golden-cases.ts';

const tolerance = 1e-10;

/** The anchor's candidates as the golden file has them: rows of both views, ascending. */
function candidatesOf(golden: GoldenCase) {
  const rows = [...(golden.inputs['z1'] as Matrix), ...(golden.inputs['z2'] as Matrix)];
  const pictures = rows.length / 2;
  const anchor = parameter(golden, 'anchor');
  const partner = (anchor + pictures) % rows.length;
  const candidates = rows.map((_, row) => row).filter((row) => row !== anchor && row !== partner);
  const labels = golden.inputs['labels'] as number[];
  const matrix = Float64Array.from(rows.flatMap((row) => rows.map((other) => dot(row, other))));
  const isOwn = (row: number, other: number): boolean => row % pictures === other % pictures;
  const mutual = mutualKnn(matrix, anchor, parameter(golden, 'mutual_k'), isOwn);
  return {
    candidates,
    similarities: Float64Array.from(candidates, (row) => dot(rows[anchor]!, rows[row]!)),
    positiveSimilarity: dot(rows[anchor]!, rows[partner]!),
    labelRelation: Uint8Array.from(candidates, (row) =>
      labels[row % pictures] === labels[anchor % pictures]
        ? labelRelations.same
        : labelRelations.different,
    ),
    mutualKnn: Uint8Array.from(candidates, (row) => mutual[row]!),
  };
}

describeCases('golden explanations', 'explain', (golden) => {
  const candidates = candidatesOf(golden);
  const temperature = parameter(golden, 'temperature');
  const tauPlus = parameter(golden, 'tau_plus');
  const result = explainAnchor(candidates, {
    objective: 'hard',
    temperature,
    beta: parameter(golden, 'beta'),
    tauPlus,
    ringOuter: parameter(golden, 'thres_outer'),
    ringInner: parameter(golden, 'thres_inner'),
    ringDynamicInner: golden.params['dynamic_inner'] as boolean,
    hardShare: 0.5,
  });
  const plain = anchorGradient(candidates.similarities, candidates.positiveSimilarity, {
    temperature,
    beta: 0,
    tauPlus: 0,
  });
  const atMost = shareAtMostAsSimilar(candidates.similarities, result.order);
  const auc = parameter(golden, 'bcl_alpha');
  const ours: Record<string, ArrayLike<number>> = {
    candidate_row: candidates.candidates,
    similarity: candidates.similarities,
    rank_desc: result.rank,
    percentile: result.percentile,
    q_beta: result.importance,
    ess: [effectiveNumber(result.importance)],
    p_simclr: plain.pushes.map((push) => push * temperature),
    share_simclr: plain.share,
    share_hcl_signed: result.share,
    dloss_dsim_hcl: result.pushes,
    dloss_dsim_pos_hcl: [result.pull],
    in_ring: result.zone.map((zone) => (zone === 1 ? 1 : 0)),
    false_negative_by_label: result.evidence.map((bits) => bits & evidenceBits.sameLabel),
    mutual_knn: candidates.mutualKnn,
    bcl_posterior_false_negative: falseNegativePosterior(atMost, { tauPlus, auc }),
  };
  for (const [name, expected] of Object.entries(golden.expected)) {
    const column = [expected].flat().map(Number);
    expect(ours[name], `${name} is a number of ours`).toBeDefined();
    expect(largestDifference(ours[name]!, column), name).toBeLessThan(tolerance);
  }
  const shares = golden.expected['share_hcl_signed'] as number[];
  expect(result.effectiveNegatives).toBeCloseTo(effectiveOfShares(shares), 8);
});
