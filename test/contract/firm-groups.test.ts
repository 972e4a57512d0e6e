import { expect, test } from 'vitest';
import { firmGroups } from '../../src-main/contract/firm-groups.ts';
import { groupVerdicts } from '../../src-main/contract/verdict-groups.ts';
import type { PairVerdict } from '../../src-main/contract/verdict-groups.ts';
import { seedRandom } from '../../src-main/engine/numeric/random.ts';

const same = (...pairs: readonly (readonly [string, string])[]): PairVerdict[] =>
  pairs.map(([hashA, hashB]) => ({ hashA, hashB, verdict: 'same' }));

test('two triangles with one verdict between them are two firm groups and a link', () => {
  const { groups, links } = firmGroups(
    same(
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['c', 'x'],
      ['x', 'y'],
      ['y', 'z'],
      ['z', 'x'],
      ['z', 'end'],
    ),
  );
  expect(groups).toEqual([
    ['a', 'b', 'c'],
    ['x', 'y', 'z'],
  ]);
  // The verdict between the triangles holds 3 and 4 pictures together, that on "end" 1 and 6.
  expect(links.map(({ pair, sides }) => [[...pair].sort(), sides])).toEqual([
    [
      ['c', 'x'],
      [3, 4],
    ],
    [
      ['end', 'z'],
      [1, 6],
    ],
  ]);
  expect(firmGroups([{ hashA: 'a', hashB: 'b', verdict: 'different' }])).toEqual({
    groups: [],
    links: [],
  });
});

test('are what taking away every verdict in turn gives', () => {
  const random = seedRandom(7);
  for (let graph = 0; graph < 40; graph += 1) {
    const pairs = new Set<string>();
    for (let edge = 0; edge < 6 + (graph % 20); edge += 1) {
      const [one, other] = [random.index(14), random.index(14)].sort((a, b) => a - b);
      if (one !== other) pairs.add(`n${one} n${other}`);
    }
    const verdicts = same(...[...pairs].map((key) => key.split(' ') as [string, string]));
    const isConnected = (some: readonly PairVerdict[], one: string, other: string): boolean =>
      groupVerdicts(some).groups.some((group) => group.includes(one) && group.includes(other));
    const { groups, links } = firmGroups(verdicts);
    const bridges = verdicts.filter((cut) => {
      const rest = verdicts.filter((verdict) => verdict !== cut);
      return !isConnected(rest, cut.hashA, cut.hashB);
    });
    const keyOf = (pair: readonly string[]): string => [...pair].sort().join(' ');
    expect(links.map(({ pair }) => keyOf(pair)).sort()).toEqual(
      bridges.map(({ hashA, hashB }) => keyOf([hashA, hashB])).sort(),
    );
    expect(groups).toEqual(
      groupVerdicts(verdicts.filter((verdict) => !bridges.includes(verdict))).groups,
    );
    for (const { pair, sides } of links) {
      const rest = verdicts.filter(({ hashA, hashB }) => keyOf([hashA, hashB]) !== keyOf(pair));
      const sizeOf = (hash: string): number =>
        groupVerdicts(rest).groups.find((group) => group.includes(hash))?.length ?? 1;
      expect(sides).toEqual(pair.map(sizeOf).sort((a, b) => a - b));
    }
  }
});

test('need no stack for a ring of ten thousand pictures with a tail as long', () => {
  const name = (index: number): string => String(index).padStart(6, '0');
  const chain = Array.from({ length: 20_000 }, (_, at) => [name(at), name(at + 1)] as const);
  const { groups, links } = firmGroups(same(...chain, [name(10_000), name(0)]));
  expect(groups).toMatchObject([{ length: 10_001 }]);
  expect(links).toHaveLength(10_000);
  expect(links[0]!.sides).toEqual([10_000, 10_001]);
});
