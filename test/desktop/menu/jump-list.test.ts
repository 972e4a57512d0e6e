import { expect, it } from 'vitest';
import { jumpListOf } from '../../../src-main/desktop/menu/jump-list.ts';

const libraryOf = (index: number) => ({
  ...{ file: `C:\\my libraries\\${index}.sqlite`, name: `number ${index}`, openedAt: index },
});

it('starts the app with the library, whose path may hold spaces; of many the newest', () => {
  const [category] = jumpListOf(
    Array.from({ length: 14 }, (_, index) => libraryOf(index)),
    'N.exe',
  );
  expect(category?.items).toHaveLength(10);
  expect(category?.items?.[0]).toMatchObject({
    ...{ type: 'task', title: 'number 0', program: 'N.exe' },
    args: '"C:\\my libraries\\0.sqlite"',
  });
  expect(jumpListOf([], 'N.exe')).toEqual([]);
});
