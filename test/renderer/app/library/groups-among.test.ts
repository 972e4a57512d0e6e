import { expect, it } from 'vitest';
import { groupsAmong } from '../../../../src-renderer/app/library/groups-among.ts';

/** 1 and 2 are nearest, then 2 and 3, 1 and 3, 4 and 5, and last 3 and 4. */
const found = {
  first: Uint32Array.of(1, 2, 1, 4, 3),
  second: Uint32Array.of(2, 3, 3, 5, 4),
  distance: Float32Array.of(0.125, 0.25, 0.375, 0.5, 0.625),
};
const among = (...ids: number[]) => groupsAmong(found, (id) => ids.includes(id));

it('are those that the kept pictures form by themselves, by the nearest links that remain', () => {
  expect(among(1, 2, 3, 4, 5)).toEqual([
    {
      pictures: [1, 2, 3, 4, 5],
      links: [
        { pair: [1, 2], distance: 0.125 },
        { pair: [2, 3], distance: 0.25 },
        { pair: [4, 5], distance: 0.5 },
        { pair: [3, 4], distance: 0.625 },
      ],
    },
  ]);
  // Without 2 the pair 1 and 3 joins them.
  expect(among(1, 3)).toEqual([{ pictures: [1, 3], links: [{ pair: [1, 3], distance: 0.375 }] }]);
  expect(among(1, 2, 4, 5).map(({ pictures }) => pictures)).toEqual([
    [1, 2],
    [4, 5],
  ]);
  expect(among(1, 4)).toEqual([]);
});
