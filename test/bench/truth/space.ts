import { runJob } from '../../../src-main/cli/run-job.ts';
import type { Explanation } from '../../../src-main/contract/negatives.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import type { TruthContext, TruthFigure, TruthSection } from './truth-figure.ts';

const run = 'hard';
const silent = { show: () => undefined, end: () => undefined };
const nearest = 10;
/** The middles of five equal parts of a normal distribution, in standard deviations. */
const quantiles = [-1.2816, -0.5244, 0, 0.5244, 1.2816];

/** How far an explanation on h is from one on z, what the positive changes, and what the ledger says. */
export const spaceSection: TruthSection = {
  title: 'Explore on z and on h',
  measure: async ({ libraryFile, scratch, report }: TruthContext) => {
    const engine = createEngine({
      ...{ dataFolder: scratch, modelFolder: scratch, workingFolder: scratch },
      now: () => Date.now(),
    });
    try {
      await engine.call('library.open', { file: libraryFile });
      report('measuring the positives of the run "hard"');
      await runJob(engine, 'positives', { run, device: 'cpu' }, silent);
      const { hashes } = await engine.call('library.samples', {});
      return [
        ...(await spaceFigures(engine, hashes)),
        ...(await batchFigure(engine, hashes, report)),
      ];
    } finally {
      await engine.close();
    }
  },
};

async function spaceFigures(engine: Engine, hashes: readonly string[]): Promise<TruthFigure[]> {
  const sums = { rank: 0, hard: 0, sign: 0, onH: 0, onZ: 0, itself: 0, measured: 0, spread: 0 };
  for (const anchor of hashes) {
    const z = await engine.call('anchor.negatives', { run, anchor });
    const h = await engine.call('anchor.negatives', { run, anchor, space: 'h' });
    const itself = await engine.call('anchor.negatives', { run, anchor, positiveSimilarity: 1 });
    const rankOnZ = new Map(Array.from(z.ids, (id, rank) => [id, rank]));
    const ranks = Array.from(h.ids, (id) => rankOnZ.get(id) ?? 0);
    sums.rank += rankCorrelation(ranks);
    sums.hard += overlapOfHard(h, z, ranks);
    sums.sign += differing(h, z, ranks);
    sums.onH += pushOfNearest(h);
    sums.onZ += pushOfNearest(z);
    sums.itself += itself.clamped ? 1 : 0;
    sums.measured += z.clamped ? 1 : 0;
    sums.spread += await clampedOverSpread(engine, z);
  }
  const mean = (sum: number): number => sum / hashes.length;
  const { epochMetrics } = await engine.call('runs.history', { run });
  const trained = epochMetrics.findLast(({ name }) => name === 'clampRate')?.value ?? NaN;
  return [
    {
      name: 'rank correlation of similarities on h and on z',
      value: mean(sums.rank),
      before: 0.48,
    },
    { name: 'of the hard by rank on h, those hard on z', value: mean(sums.hard), before: 0.55 },
    { name: 'pairs whose share has another sign on z', value: mean(sums.sign), before: 0.44 },
    { name: 'push of the ten nearest on h', value: mean(sums.onH), before: 0.13 },
    { name: 'push of the ten nearest on z', value: mean(sums.onZ), before: 0.52 },
    { name: 'anchors clamped on z, positive taken as 1', value: mean(sums.itself), before: 0.72 },
    {
      name: 'anchors clamped on z, positive measured',
      value: mean(sums.measured),
    },
    {
      name: 'views clamped on z, the positive spread about that mean as measured',
      value: mean(sums.spread),
      before: 'about 0.05',
      expected: `${trained.toFixed(3)}, in the training’s last epoch`,
    },
  ];
}

/** The part of an anchor's views that would be clamped, their positives normal about the measured mean. */
async function clampedOverSpread(engine: Engine, measured: Explanation): Promise<number> {
  const { anchor, positive, positiveSimilarity } = measured;
  let clamped = 0;
  for (const quantile of quantiles) {
    const wanted = positiveSimilarity + quantile * (positive.spread ?? 0);
    const explained = await engine.call('anchor.negatives', {
      ...{ run, anchor: anchor.hash },
      positiveSimilarity: Math.min(1, Math.max(-1, wanted)),
    });
    clamped += explained.clamped ? 1 : 0;
  }
  return clamped / quantiles.length;
}

/** The largest difference of a recorded share to that of the anchor's own batch in Explore. */
async function batchFigure(
  engine: Engine,
  hashes: readonly string[],
  report: TruthContext['report'],
): Promise<TruthFigure[]> {
  report('training a head on pixels');
  const head = { encoder: 'head', on: 'pixels', objective: 'hard', epochs: 6 } as const;
  const { run: trained } = await runJob(engine, 'train', { ...head, device: 'cpu' }, silent);
  let largest = 0;
  let anchors = 0;
  for (const anchor of hashes) {
    const question = { run: trained, anchor, trainedBatch: true, batchSeed: 1 };
    const explained = await engine.call('anchor.negatives', question);
    if (!explained.batch?.trained) continue;
    const recorded = await engine.call('anchor.ledger', { run: trained, anchor });
    const shareOf = new Map(
      Array.from(explained.ids, (id, rank) => [id, explained.share[rank] ?? 0]),
    );
    for (const [index, id] of recorded.ids.entries()) {
      const difference = Math.abs((recorded.share[index] ?? 0) - (shareOf.get(id) ?? 0));
      largest = Math.max(largest, difference);
    }
    anchors += 1;
  }
  return [
    {
      name: `largest difference of a share in “One batch” to the ledger’s, ${anchors} anchors`,
      value: largest,
      before: 'not the same batch',
      expected: 'below 0.0001',
    },
  ];
}

/** Spearman's correlation of ranks 0, 1, … with these. */
function rankCorrelation(ranks: readonly number[]): number {
  const count = ranks.length;
  const squares = ranks.reduce((sum, rank, index) => sum + (rank - index) ** 2, 0);
  return 1 - (6 * squares) / (count * (count ** 2 - 1));
}

/** Of the candidates inside the ring's inner cut on h, the part that is inside it on z. */
function overlapOfHard(h: Explanation, z: Explanation, ranks: readonly number[]): number {
  const hard = ranks.filter((_, rank) => h.zone[rank] === 0);
  return hard.filter((rank) => z.zone[rank] === 0).length / hard.length;
}

function differing(h: Explanation, z: Explanation, ranks: readonly number[]): number {
  const others = ranks.filter((onZ, onH) => (h.share[onH] ?? 0) > 0 !== (z.share[onZ] ?? 0) > 0);
  return others.length / ranks.length;
}

/** The part of all that is pushed which the nearest take. */
function pushOfNearest({ share }: Explanation): number {
  const pushed = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + Math.max(0, value), 0);
  return pushed(share.subarray(0, nearest)) / pushed(share);
}
