import type { ComparisonWithMaps } from '../../../../src-main/contract/comparison.ts';

/** The largest change of hardness in a comparison, which both ends of its colours stand for. */
export function hardnessReach({ hardness }: ComparisonWithMaps): number {
  return hardness.reduce((reach, value) => Math.max(reach, Math.abs(value)), 1e-6);
}
