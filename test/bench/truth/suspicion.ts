import {
  falseNegativePosterior,
  shareAtMostAsSimilar,
} from '../../../src-main/engine/explain/false-negative-posterior.ts';
import { calibrateRanked } from '../../../src-main/engine/explain/suspicion/calibration.ts';
import { countsWithout } from '../../../src-main/engine/explain/suspicion/calibration-curve.ts';
import { countPairs } from '../../../src-main/engine/explain/suspicion/pair-counts.ts';
import { PairTruth } from '../../../src-main/engine/explain/suspicion/pair-truth.ts';
import { rankAnchors } from '../../../src-main/engine/explain/suspicion/ranked-anchors.ts';
import { brierScore } from '../../../src-main/engine/explain/suspicion/reliability.ts';
import { nearestPrecision } from '../../../src-main/engine/explain/suspicion/sign-precision.ts';
import { exactNeighbours } from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import { readRun } from '../../../src-main/engine/neighbours/embedding-cache.ts';
import { embeddedRun } from '../../../src-main/engine/neighbours/embedded-run.ts';
import { defaultSuspectFrom } from '../../../src-main/contract/suspicion.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { findRun } from '../../../src-main/engine/store/runs.ts';
import { knownPairs } from '../../../src-main/engine/verdicts/known-pairs.ts';
import type { TruthFigure, TruthSection } from './truth-figure.ts';

/** What was measured before pairs calibrated the posterior, on the trained run's h. */
const before = {
  ...{ brier: 0.0403, prior: 0.1, rank1: '22 %, true 47 %' },
  ...{ mutual: '26 to 36 %', nearest: 'all of the 10 nearest are flagged' },
};
const assumed = { tauPlus: 0.1, auc: 0.8 };
const officialThreshold = 0.7;

/** How far a suspicion can be trusted, by labels. */
export const suspicion: TruthSection = {
  title: 'Suspicion',
  measure: async ({ libraryFile, report }) => {
    const library = openLibrary(libraryFile, { mode: 'write', now: Date.now });
    const figures: TruthFigure[] = [];
    for (const run of ['simclr', 'starter']) {
      report(run);
      figures.push(...(await figuresOf(library, run, run === 'simclr')));
    }
    library.close();
    return figures;
  },
};

async function figuresOf(
  library: Library,
  name: string,
  isOfBefore: boolean,
): Promise<TruthFigure[]> {
  const { weightsHash } = embeddedRun(findRun(library, name));
  const rows = await readRun(library, name, weightsHash);
  const { known } = knownPairs(library, rows.ids);
  const { vectors, count, dimensions } = rows;
  const neighbours =
    rows.neighbours ?? (await exactNeighbours({ vectors, count, dimensions, k: 15 }));
  const ranked = await rankAnchors(rows);
  const truth = new PairTruth(known, count);
  const calibration = calibrateRanked(ranked, known, neighbours);
  const all = countsWithout(countPairs(ranked, truth), null);
  const anchors = ranked.anchors.length;
  const first = mean(ranked.anchors, (row) => calibration.posteriorByRank(row)?.[0] ?? NaN);
  const { mutual, nearest } = calibration.signs;
  const suspected = calibration.suspectedPrecision(defaultSuspectFrom);
  const official = nearestPrecision(ranked, truth, officialThreshold);
  const was = (value: string | number): Pick<TruthFigure, 'before'> =>
    isOfBefore ? { before: value } : {};
  const of = `${name}, h:`;
  const sign = ({ pairs, precision }: typeof mutual): string =>
    `${percent(precision)} of ${(pairs / anchors).toFixed(1)} an anchor`;
  return [
    {
      name: `${of} prior of a false negative`,
      ...was(before.prior),
      value: calibration.measured?.prior ?? NaN,
      expected: 'the share of pairs with one label',
    },
    {
      name: `${of} Brier score of the posterior`,
      ...was(before.brier),
      value: calibration.brier?.calibrated.toFixed(4) ?? '',
      expected: `cross-fitted; less than the constant ${calibration.brier?.constant.toFixed(4) ?? ''}`,
    },
    {
      name: `${of} the same without labels (prior 0.1, AUC 0.8)`,
      value: closedFormScore(all, count - 1, ranked.starts).toFixed(4),
      expected: 'shown as uncalibrated',
    },
    {
      name: `${of} the most similar is false, predicted`,
      ...was(before.rank1),
      value: `${percent(first)}, true ${percent((all.same[0] ?? 0) / (all.known[0] ?? 0))}`,
    },
    { name: `${of} mutual neighbours that are false`, ...was(before.mutual), value: sign(mutual) },
    {
      name: `${of} suspected from ${percent(defaultSuspectFrom)} on that are false`,
      value: sign(suspected),
      expected: 'about half',
    },
    {
      name: `${of} FNC's sign at 0.7`,
      ...was(before.nearest),
      value: sign(official),
      expected: 'at most 10 an anchor',
    },
    {
      name: `${of} FNC's sign at the 99.5 % quantile (${nearest.threshold?.toFixed(3) ?? ''})`,
      value: sign(nearest),
    },
  ];
}

/** The Brier score of the closed form at the first rank of each bin. */
function closedFormScore(
  { known, same }: ReturnType<typeof countsWithout>,
  ranks: number,
  starts: Uint32Array,
): number {
  const falling = Float64Array.from({ length: ranks }, (_, rank) => -rank);
  const order = Uint32Array.from(falling.keys());
  const posterior = falseNegativePosterior(shareAtMostAsSimilar(falling, order), assumed);
  return brierScore(
    Array.from(starts, (start, bin) => ({
      predicted: posterior[start] ?? NaN,
      known: known[bin] ?? 0,
      same: same[bin] ?? 0,
    })),
  );
}

function mean(rows: Uint32Array, valueOf: (row: number) => number): number {
  return rows.reduce((sum, row) => sum + valueOf(row), 0) / rows.length;
}

function percent(fraction: number | null): string {
  return fraction === null ? 'not measured' : `${(100 * fraction).toFixed(0)} %`;
}
