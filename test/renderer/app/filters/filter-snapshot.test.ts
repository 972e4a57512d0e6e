import { describe, expect, it } from 'vitest';
import {
  filters,
  noFilters,
  readFilters,
  writeFilters,
  type Filters,
} from '../../../../src-renderer/app/filters/filter-snapshot.ts';
import { Focus } from '../../../../src-renderer/app/filters/focus.svelte.ts';

const all: Filters = {
  query: 'kite',
  labels: ['birds', 'fish'],
  splits: ['train'],
  bins: ['hard', 'false'],
  verdicts: ['none', 'same'],
  marks: ['tag:odd', 'leftOut'],
  ranges: [
    ['loss', { from: 0.5, to: 2 }],
    ['sameLabelShare', { from: -0.1, to: 0 }],
  ],
};

describe('the filters as plain data', () => {
  it('are none at first', () => {
    expect(readFilters(new Focus())).toEqual(noFilters);
  });

  it('come back as they were written, through JSON too', () => {
    const focus = new Focus();
    writeFilters(focus, filters.parse(JSON.parse(JSON.stringify(all))));
    expect(focus.labels.has('fish')).toBe(true);
    expect(focus.ranges.get('loss')).toEqual({ from: 0.5, to: 2 });
    expect(readFilters(focus)).toEqual(all);
  });

  it('replace what was set before', () => {
    const focus = new Focus();
    writeFilters(focus, all);
    writeFilters(focus, { ...noFilters, labels: ['plants'] });
    expect(readFilters(focus)).toEqual({ ...noFilters, labels: ['plants'] });
  });

  it('do not change with what is set later', () => {
    const focus = new Focus();
    const before = readFilters(focus);
    focus.toggleLabel('birds');
    expect(before.labels).toEqual([]);
  });

  it.each([
    { ...all, bins: ['harder'] },
    { ...all, verdicts: ['perhaps'] },
    { ...all, ranges: [['colour', { from: 0, to: 1 }]] },
    { ...all, query: undefined },
  ])('of another version are refused: %o', (other) => {
    expect(filters.safeParse(other).success).toBe(false);
  });
});
