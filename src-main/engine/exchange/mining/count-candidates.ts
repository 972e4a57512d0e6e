import { leftOutReasons } from '../../../contract/mining.ts';
import type { AnchorNegatives } from './mine-rows.ts';

/**
 * Counts the candidates, the negatives among them, and the others by the reason for which they were
 * left out.
 */
export function countCandidates(anchors: readonly AnchorNegatives[]) {
  const leftOut: Record<string, number> = {};
  for (const { reasons } of anchors.map((anchor) => anchor.leftOut)) {
    for (const index of reasons) {
      const reason = leftOutReasons[index] ?? '';
      leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    }
  }
  const negatives = anchors.reduce((sum, anchor) => sum + anchor.negatives.length, 0);
  const others = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  return { candidates: negatives + others, negatives, leftOut };
}
