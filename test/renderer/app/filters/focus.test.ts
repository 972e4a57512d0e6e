import { describe, expect, it } from 'vitest';
import { Focus } from '../../../../src-renderer/app/filters/focus.svelte.ts';

describe('what the eye is on', () => {
  it('is everything at first', () => {
    const focus = new Focus();
    expect(focus.isFiltering).toBe(false);
    expect(focus.selection.size).toBe(0);
    expect(focus.hoveredId).toBeNull();
  });

  it.each<[string, (focus: Focus) => void]>([
    ['a query', (focus) => (focus.query = 'kite')],
    ['a label', (focus) => focus.toggleLabel('birds')],
    ['a split', (focus) => focus.toggleSplit('train')],
    ['a bin', (focus) => focus.toggleBin('hard')],
    ['a verdict', (focus) => focus.toggleVerdict('unsure')],
    ['a range', (focus) => focus.ranges.set('loss', { from: 0, to: 1 })],
  ])('is filtered by %s, and no more once everything is cleared', (_name, set) => {
    const focus = new Focus();
    set(focus);
    expect(focus.isFiltering).toBe(true);
    focus.clear();
    expect(focus.isFiltering).toBe(false);
  });

  it('is not filtered by spaces, nor by what was switched on and off', () => {
    const focus = new Focus();
    focus.query = '   ';
    for (let times = 0; times < 2; times++) {
      focus.toggleLabel('birds');
      focus.toggleSplit('train');
      focus.toggleBin('ring');
      focus.toggleVerdict('same');
    }
    expect(focus.isFiltering).toBe(false);
  });

  it('is a selection that lassos change and that clears with the filters', () => {
    const focus = new Focus();
    focus.select([1, 2], 'replace');
    focus.select([3], 'add');
    focus.select([1], 'remove');
    expect([...focus.selection]).toEqual([2, 3]);
    expect(focus.isFiltering).toBe(false);
    focus.query = 'kite';
    focus.clearFilters();
    expect([focus.isFiltering, [...focus.selection]]).toEqual([false, [2, 3]]);
    focus.clear();
    expect(focus.selection.size).toBe(0);
  });
});
