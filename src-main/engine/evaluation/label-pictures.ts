import { recordedPairUses } from '../../contract/pair-use.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { Run } from '../store/runs.ts';
import { splitsOf } from '../store/samples.ts';
import type { LabelColumn } from './label-columns.ts';

/**
 * How many scored pictures have a label that a run's training was given: all of them, or those of the
 * splits whose labels it was given; null for a run that no labels trained. `ids` are the pictures of the
 * labels.
 */
export function picturesWithGivenLabels(
  samples: Pick<SampleColumns, 'ids' | 'splits' | 'splitIndex'>,
  { settings }: Pick<Run, 'settings'>,
  ids: Uint32Array,
  scored: LabelColumn,
): number | null {
  if (recordedPairUses(settings).labels === 'ignore') return null;
  const { labelsOf } = settings;
  const named = Array.isArray(labelsOf) ? new Set<unknown>(labelsOf) : null;
  const splits = splitsOf(samples, ids);
  return splits.filter(
    (split, row) =>
      (scored[row] ?? noLabel) >= 0 && (named === null || named.has(samples.splits[split])),
  ).length;
}
