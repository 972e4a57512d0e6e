import { nearestSign } from '../../../contract/suspicion.ts';
import type { Calibration } from './calibration.ts';

const none = { pairs: 0, precision: null };

/** What stands for a calibration where nobody counted the known pairs. */
export const uncounted: Calibration = {
  ...{ knownPairs: 0, samePairs: 0, anchors: 0, brier: null, reliability: [], measured: null },
  why: 'The known pairs were not counted.',
  signs: { mutual: none, nearest: { ...none, quantile: nearestSign.quantile, threshold: null } },
  similarityPrecision: new Float32Array(0),
  posteriorByRank: () => null,
  suspectedPrecision: () => none,
};
