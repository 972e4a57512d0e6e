import type { SampleColumns } from '../../../contract/library.ts';
import { noLabel } from '../../../contract/label-sets.ts';
import { labelNumbers } from '../../store/samples.ts';

/** The labels of pictures as the ledger's part of a training step takes them. */
export interface LedgerLabels {
  /** The most labels that one picture has; at least 1. */
  readonly slots: number;
  /** The number of a picture's label in a slot from 0; -1 where it has no further label. */
  readonly labelOf: (sampleId: number, slot: number) => number;
}

/** The labels of the present pictures, as they are when a training begins or goes on. */
export function ledgerLabels(samples: SampleColumns): LedgerLabels {
  const numbers = labelNumbers(samples);
  const members = samples.labelMembers;
  return {
    slots: Math.max(1, ...new Set(members.map(({ length }) => length))),
    labelOf: (sampleId, slot) => members[numbers.get(sampleId) ?? noLabel]?.[slot] ?? noLabel,
  };
}
