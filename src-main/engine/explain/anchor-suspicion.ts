import { defaultSuspectFrom, uncalibratedTimesPrior } from '../../contract/suspicion.ts';
import type { PosteriorBasis } from '../../contract/suspicion.ts';
import { settingsTable } from '../../contract/objectives/settings-table.ts';
import { valuesAt } from '../numeric/values-at.ts';
import type { CandidateColumns } from './anchor-candidates.ts';
import { falseNegativePosterior, shareAtMostAsSimilar } from './false-negative-posterior.ts';
import type { Calibration } from './suspicion/calibration.ts';
import { uncounted } from './suspicion/uncounted.ts';

/** The AUC of the closed form where none is given. */
const assumedAuc = 0.8;

/** How suspicion is computed. */
export interface SuspicionSettings {
  /** What known pairs of the space say; left out where nobody counts them, `pending` while they are counted. */
  readonly calibration?: Calibration | 'pending' | undefined;
  /** The objective's; above 0 it is the prior of the closed form. */
  readonly tauPlus: number;
  /** The AUC of the closed form, which is then used whatever pairs are known. */
  readonly posteriorAuc?: number | undefined;
  readonly suspectFrom?: number | undefined;
}

/** How far each candidate of an anchor is suspected, [N], and by what. */
interface AnchorSuspicion {
  /** The probability that it is a false negative, from its rank alone. */
  readonly posterior: Float64Array;
  /** 1 where it is suspected, should neither label nor verdict say what it is. */
  readonly suspected: Uint8Array;
  readonly basis: PosteriorBasis;
}

/**
 * The posterior of each candidate: calibrated where enough pairs are known, else BCL's closed form. It is
 * suspected from a posterior on; without a calibration only where it is a mutual neighbour, too. Nothing
 * is suspected while the known pairs are counted.
 */
export function suspicionOf(
  candidates: CandidateColumns,
  settings: SuspicionSettings,
): AnchorSuspicion {
  const { calibration = uncounted } = settings;
  if (calibration === 'pending') return pendingSuspicion(candidates, settings);
  const basis = basisOf(calibration, settings);
  const calibrated =
    basis.kind === 'calibrated' ? calibration.posteriorByRank(candidates.anchor) : null;
  const posterior = calibrated
    ? atLibraryRanks(calibrated, candidates)
    : closedForm(candidates, basis);
  const suspected = new Uint8Array(posterior.length);
  for (let candidate = 0; candidate < suspected.length; candidate++) {
    const isMutual = candidates.mutualKnn[candidate] === 1;
    const isEnough = (posterior[candidate] as number) >= basis.suspectFrom;
    suspected[candidate] = isEnough && (calibrated || isMutual) ? 1 : 0;
  }
  return { posterior, suspected, basis };
}

/** The value at each candidate's rank among all other pictures. */
function atLibraryRanks(
  byRank: Float64Array,
  { libraryRank, ranking }: CandidateColumns,
): Float64Array {
  const isWhole = ranking.isInOrder === true && libraryRank === ranking.rank;
  return isWhole ? byRank : valuesAt(byRank, libraryRank);
}

function closedForm(
  { similarities, ranking }: CandidateColumns,
  { prior, auc }: PosteriorBasis,
): Float64Array {
  const atMost = shareAtMostAsSimilar(similarities, ranking.order);
  return falseNegativePosterior(atMost, { tauPlus: prior, auc });
}

/** What stands for suspicions until the known pairs are counted. */
function pendingSuspicion(
  { similarities }: CandidateColumns,
  { suspectFrom = defaultSuspectFrom }: SuspicionSettings,
): AnchorSuspicion {
  const { knownPairs, samePairs, anchors, brier, signs } = uncounted;
  return {
    posterior: new Float64Array(similarities.length).fill(NaN),
    suspected: new Uint8Array(similarities.length),
    basis: {
      ...{ kind: 'pending', why: 'The known pairs are being counted.', suspectFrom },
      ...{ prior: 0, auc: 0.5, aucFrom: 'assumed', knownPairs, samePairs, anchors, brier },
      reliability: [],
      signs: { ...signs, suspected: { pairs: 0, precision: null } },
    },
  };
}

function basisOf(
  calibration: Calibration,
  { tauPlus, posteriorAuc, suspectFrom }: SuspicionSettings,
): PosteriorBasis {
  const { knownPairs, samePairs, anchors, brier, reliability, measured } = calibration;
  const shared = { knownPairs, samePairs, anchors, brier, reliability };
  if (measured && posteriorAuc === undefined) {
    const suspected = calibration.suspectedPrecision(suspectFrom);
    return {
      ...{ ...shared, kind: 'calibrated', why: '', ...measured, aucFrom: 'measured' },
      suspectFrom: suspectFrom ?? defaultSuspectFrom,
      signs: { ...calibration.signs, suspected },
    };
  }
  const prior = tauPlus > 0 ? tauPlus : settingsTable.tauPlus.default;
  return {
    ...{ ...shared, kind: 'order statistics', prior },
    ...(posteriorAuc === undefined
      ? { auc: assumedAuc, aucFrom: 'assumed', why: calibration.why }
      : { auc: posteriorAuc, aucFrom: 'given', why: 'The AUC was given.' }),
    suspectFrom: suspectFrom ?? Math.min(1, uncalibratedTimesPrior * prior),
    signs: { ...calibration.signs, suspected: { pairs: 0, precision: null } },
  };
}
