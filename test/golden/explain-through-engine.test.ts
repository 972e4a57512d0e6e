import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { zoneNames } from '../../src-main/contract/bins.ts';
import { evidenceBits } from '../../src-main/contract/negatives.ts';
import { openTestEngine } from '../contract/engine-shells.ts';
import { effectiveOfShares, lossFromRows } from './explained-numbers.ts';
import { describeCases, parameter } from './golden-cases.ts';
import type { GoldenCase } from './golden-cases.ts';
import { fillGoldenLibrary } from './golden-library.ts';

/** Columns are single precision. */
const digits = 5;

/** The golden columns that a library of pictures can have: its neighbours lack the anchor's own view. */
const compared = [
  ...['similarity', 'rank_desc', 'percentile', 'q_beta', 'share_hcl_signed', 'in_ring'],
  ...['false_negative_by_label', 'bcl_posterior_false_negative', 'dloss_dsim_hcl'],
] as const;

describeCases('golden explanations through the engine', 'explain', async (golden: GoldenCase) => {
  const opened = await openTestEngine();
  onTestFinished(() => opened.close());
  const { engine, dataFolder } = opened;
  const file = join(dataFolder, 'golden.sqlite');
  const question = fillGoldenLibrary(file, golden);
  await engine.call('library.open', { file });
  const explained = await engine.call('anchor.negatives', question);
  const { parameters, positiveSimilarity, candidates } = explained;

  const rows = Array.from(explained.ids, (id, rank) => ({
    id,
    similarity: explained.similarity[rank]!,
    percentile: explained.percentile[rank]!,
    weight: explained.weight[rank]!,
    share: explained.share[rank]!,
  }));
  const summed = lossFromRows(rows, { ...parameters, positiveSimilarity });
  expect(explained.loss).toBeCloseTo(summed.loss, digits);

  const push = summed.mass / (1 - parameters.tauPlus) / summed.positive / Math.exp(summed.loss);
  const byRow = rows.map(({ id }, rank) => ({ id, rank })).sort((a, b) => a.id - b.id);
  const column = (valueAt: (rank: number) => number): number[] =>
    byRow.map(({ rank }) => valueAt(rank));
  const ours: Record<(typeof compared)[number], number[]> = {
    similarity: column((rank) => rows[rank]!.similarity),
    rank_desc: column((rank) => rank),
    percentile: column((rank) => rows[rank]!.percentile),
    q_beta: column((rank) => rows[rank]!.weight / candidates),
    share_hcl_signed: column((rank) => rows[rank]!.share),
    in_ring: column((rank) => (zoneNames[explained.zone[rank]!] === 'ring' ? 1 : 0)),
    false_negative_by_label: column((rank) => explained.evidence[rank]! & evidenceBits.sameLabel),
    bcl_posterior_false_negative: column((rank) => explained.posterior[rank]!),
    dloss_dsim_hcl: column((rank) => (push * rows[rank]!.share) / parameter(golden, 'temperature')),
  };
  for (const name of compared) {
    const expected = (golden.expected[name] as (number | boolean)[]).map(Number);
    expect(ours[name], name).toHaveLength(expected.length);
    expected.forEach((value, row) => expect(ours[name][row], name).toBeCloseTo(value, digits));
  }
  const shares = golden.expected['share_hcl_signed'] as number[];
  expect(explained.effectiveNegatives).toBeCloseTo(effectiveOfShares(shares), digits);
});
