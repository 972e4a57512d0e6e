import { describe, expect, it } from 'vitest';
import { changeSelection, emptySelection } from '../../../../src-renderer/app/filters/selection.ts';

const before: ReadonlySet<number> = new Set([1, 2, 3]);

describe('the selection after a lasso', () => {
  it('is what was lassoed', () => {
    expect(changeSelection(before, [3, 4], 'replace')).toEqual(new Set([3, 4]));
    expect(changeSelection(before, [], 'replace')).toEqual(new Set());
  });

  it('is more with Shift and less with Alt', () => {
    expect(changeSelection(before, [3, 4], 'add')).toEqual(new Set([1, 2, 3, 4]));
    expect(changeSelection(before, [3, 4], 'remove')).toEqual(new Set([1, 2]));
    expect(changeSelection(before, before, 'remove')).toEqual(new Set());
    expect(changeSelection(emptySelection, [3], 'remove')).toEqual(new Set());
  });

  it('leaves the one before as it was: undo puts that back', () => {
    for (const mode of ['replace', 'add', 'remove'] as const) {
      expect(changeSelection(before, [2], mode)).not.toBe(before);
    }
    expect(before).toEqual(new Set([1, 2, 3]));
    expect(emptySelection.size).toBe(0);
  });
});
