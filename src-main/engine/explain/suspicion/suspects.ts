import { defaultSuspectFrom } from '../../../contract/suspicion.ts';
import { noLabel } from '../../../contract/label-sets.ts';
import { nearestOf } from '../../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import type { KnownPairs, SuspectsOf } from '../../verdicts/false-pairs.ts';
import { calibrationOf } from './calibration.ts';

/**
 * Gives the rows that are suspected false of an anchor, should neither label nor verdict say what they
 * are; undefined where the known pairs do not calibrate, or every row has a label.
 */
export async function calibratedSuspects(
  rows: UnitRows,
  known: KnownPairs,
  neighbours: Neighbours,
): Promise<SuspectsOf | undefined> {
  if (!known.labels.includes(noLabel)) return undefined;
  const { measured, posteriorByRank } = await calibrationOf(rows, known, neighbours);
  if (measured === null) return undefined;
  return (anchor) => {
    const posterior = posteriorByRank(anchor) ?? new Float64Array(0);
    const count = posterior.findIndex((probability) => probability < defaultSuspectFrom);
    return nearestOf(neighbours, anchor, Math.min(count < 0 ? Infinity : count, neighbours.k));
  };
}
