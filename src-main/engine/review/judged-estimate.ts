import type { JudgedEstimate } from '../../contract/verdict-queue.ts';
import type { VerdictKind } from '../../contract/verdicts.ts';
import { wilsonInterval } from './wilson-interval.ts';

/**
 * The estimate from a sample of pairs. "Unsure" is bounded both ways: the interval reaches from the
 * lower end where all unsure pairs are different to the upper end where all are the same. Of the same,
 * `byLabel` are so by their label alone.
 */
export function judgedEstimate(
  { same, different, unsure }: Readonly<Record<VerdictKind, number>>,
  byLabel = 0,
): JudgedEstimate {
  const judged = same + different;
  const unsureDifferent = wilsonInterval(same, judged + unsure);
  const unsureSame = wilsonInterval(same + unsure, judged + unsure);
  const estimate =
    judged === 0 || unsureDifferent === null || unsureSame === null
      ? null
      : { rate: same / judged, low: unsureDifferent.low, high: unsureSame.high };
  return { judged, same, unsure, byLabel, estimate, unsureDifferent, unsureSame };
}

/** How often each verdict was given. */
export function countsOf(verdicts: readonly VerdictKind[]): Record<VerdictKind, number> {
  const counts: Record<VerdictKind, number> = { same: 0, different: 0, unsure: 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
}
