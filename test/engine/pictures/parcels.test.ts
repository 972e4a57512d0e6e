import { expect, test } from 'vitest';
import { parcels } from '../../../src-main/engine/pictures/parcels.ts';

const kilobyte = 1024;
const times = (count: number, value: number): number[] =>
  Array.from({ length: count }, () => value);
const packed = (sizes: readonly number[], receivers: number): number[] =>
  [...parcels(sizes, receivers, (size) => size)].map(({ first, end }) => end - first);

test('small files go together, sixteen at most', () => {
  expect(packed(times(200, 3 * kilobyte), 2)).toEqual([...times(12, 16), 8]);
});

test('files of more than 64 KB together go apart, and a large one goes alone', () => {
  const sizes = [30, 30, 30, 500, 1, 1, ...times(94, 40)].map((size) => size * kilobyte);
  expect(packed(sizes, 1)).toEqual([2, 1, 1, 3, ...times(93, 1)]);
});

test('few files are shared among those that receive them', () => {
  expect(packed(times(40, 10), 4)).toEqual(times(20, 2));
  expect(packed(times(5, 10), 4)).toEqual(times(5, 1));
  expect(packed([], 4)).toEqual([]);
});

test('each goes alone where nobody says how large they are, and all come once, in order', () => {
  const items = Array.from({ length: 300 }, (_, index) => index);
  expect([...parcels(items, 1)].map(({ first, end }) => end - first)).toEqual(times(300, 1));
  const sent = [...parcels(items, 1, () => 100)].flatMap(({ first, end }) =>
    items.slice(first, end),
  );
  expect(sent).toEqual(items);
});
