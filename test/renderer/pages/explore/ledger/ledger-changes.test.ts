import { describe, expect, it } from 'vitest';
import {
  describeRise,
  ranksRisen,
} from '../../../../../src-renderer/pages/explore/ledger/ledger-changes.ts';
import { ledgerOf } from '../../../ledger-of.ts';

const recorded = (...ids: readonly number[]) =>
  ledgerOf(
    3,
    [3],
    ids.map((id) => ({ id })),
  );

describe('recorded negatives since the epoch before', () => {
  it('rose, fell, stayed, or are new', () => {
    const risen = ranksRisen(recorded(30, 20, 10, 50, 99, 60), recorded(10, 30, 20, 40, 50, 60));
    expect(risen).toEqual([1, 1, -2, 1, null, 0]);
    expect(risen.map(describeRise)).toEqual(['up 1', 'up 1', 'down 2', 'up 1', 'new', 'stays']);
  });

  it('are all new in the first epoch', () => {
    expect(ranksRisen(recorded(1, 2), null)).toEqual([null, null]);
    expect(ranksRisen(recorded(), recorded(1))).toEqual([]);
    expect(describeRise(undefined)).toBe('new');
  });
});
