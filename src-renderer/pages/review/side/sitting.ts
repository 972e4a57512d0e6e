import { samePairKey } from '../../../../src-main/contract/judged-pairs.ts';
import type { VerdictKind } from '../../../../src-main/contract/verdicts.ts';
import type { VerdictStep } from '../../../app/verdicts/verdict-history.svelte.ts';

/** How many pairs have a verdict of this sitting, each counted by its latest. */
export function latestByPair(steps: readonly VerdictStep[]): {
  readonly judged: number;
  readonly counts: Readonly<Record<VerdictKind, number>>;
} {
  const latest = new Map<string, VerdictKind | null>();
  for (const { pair, after, isSkip } of steps) {
    if (!isSkip) latest.set(samePairKey(pair[0].hash, pair[1].hash), after?.verdict ?? null);
  }
  const counts: Record<VerdictKind, number> = { same: 0, different: 0, unsure: 0 };
  for (const verdict of latest.values()) {
    if (verdict !== null) counts[verdict] += 1;
  }
  return { judged: counts.same + counts.different + counts.unsure, counts };
}
