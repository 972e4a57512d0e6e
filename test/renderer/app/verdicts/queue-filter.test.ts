import { expect, it } from 'vitest';
import { QueueFilter } from '../../../../src-renderer/app/verdicts/queue-filter.svelte.ts';

it('says nothing while it is off, and the labels and the selection where it is on', () => {
  const filter = new QueueFilter();
  const selected = new Set([3, 4]);
  expect([filter.isOn, filter.take(selected)]).toEqual([false, {}]);
  filter.label = 'cat';
  expect(filter.take(selected)).toEqual({ labels: ['cat'] });
  filter.otherLabel = 'dog';
  filter.selectionUse = 'one';
  expect(filter.take(selected)).toEqual({
    labels: ['cat', 'dog'],
    selection: { ids: [3, 4], both: false },
  });
  filter.clear();
  expect([filter.isOn, filter.take(selected)]).toEqual([false, {}]);
});

it('is behind when it goes by a selection that is not the one of the moment', () => {
  const filter = new QueueFilter();
  const selected = new Set([3]);
  expect(filter.isBehind(selected)).toBe(false);
  filter.selectionUse = 'both';
  expect(filter.isBehind(selected)).toBe(true);
  filter.take(selected);
  expect(filter.isBehind(selected)).toBe(false);
  expect(filter.isBehind(new Set([3]))).toBe(true);
});
