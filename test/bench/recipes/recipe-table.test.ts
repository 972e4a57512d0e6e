import { expect, it } from 'vitest';
import { spreadsByName } from './medians.ts';
import { recipeTable } from './recipe-table.ts';

it('writes medians over seeds, with the lowest and the highest where seeds differ', () => {
  const measured = [
    { name: 'one', seed: 1, knn: 0.5, seconds: 20, right: [true] },
    { name: 'one', seed: 2, knn: 0.7, seconds: 90, right: [true] },
    { name: 'other', seed: 1, knn: 0.25, seconds: 7, right: [true] },
    { name: 'one', seed: 3, knn: 0.6, seconds: 30, right: [true] },
  ];
  expect(recipeTable(spreadsByName(measured)).split('\n')).toEqual([
    '| recipe | kNN | seconds |',
    '| --- | --- | --- |',
    '| one | 0.600 (0.500 to 0.700) | 30 (20 to 90) |',
    '| other | 0.250 | 7 |',
  ]);
});
