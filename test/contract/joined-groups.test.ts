import { expect, test } from 'vitest';
import { largeJoins } from '../../src-main/contract/joined-groups.ts';
import type { PairVerdict } from '../../src-main/contract/verdict-groups.ts';

const same = (hashA: string, hashB: string): PairVerdict => ({ hashA, hashB, verdict: 'same' });
/** A chain of so many pictures, with names that begin with a letter. */
const chain = (letter: string, count: number): PairVerdict[] =>
  Array.from({ length: count - 1 }, (_, at) => same(`${letter}${at}`, `${letter}${at + 1}`));

test('a verdict that joins two groups of five is told, with the pictures of both', () => {
  const before = [...chain('a', 5), ...chain('b', 6)];
  const [join, ...others] = largeJoins(before, [same('a2', 'b5')]);
  expect(others).toEqual([]);
  expect(join!.pair).toEqual(['a2', 'b5']);
  expect(join!.groups.map((group) => [...group].sort())).toEqual([
    ['a0', 'a1', 'a2', 'a3', 'a4'],
    ['b0', 'b1', 'b2', 'b3', 'b4', 'b5'],
  ]);
});

test('not so a smaller group, a pair of one group, or "different"', () => {
  const before = [...chain('a', 5), ...chain('c', 4)];
  expect(largeJoins(before, [same('a0', 'c0')])).toEqual([]);
  expect(largeJoins(before, [same('a0', 'a4')])).toEqual([]);
  const different = { hashA: 'a0', hashB: 'b0', verdict: 'different' } as const;
  expect(largeJoins([...before, ...chain('b', 5)], [different])).toEqual([]);
});

test('of many verdicts each sees what those before it joined', () => {
  const before = [...chain('a', 5), ...chain('c', 4)];
  // c and its new picture make five; then a joins c; then both join b, which is given itself.
  const given = [same('c0', 'new'), same('a0', 'c3'), ...chain('b', 7), same('b0', 'a1')];
  expect(largeJoins(before, given).map(({ groups }) => groups.map(({ length }) => length))).toEqual(
    [
      [5, 5],
      [7, 10],
    ],
  );
});
