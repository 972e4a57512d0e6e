import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rememberEntry, readMemory } from '../../../src-main/engine/session/window-memory.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

test('keeps the newest entry of each key, newest first, 300 at most', () => {
  const folder = join(temporaryFolder(), 'made when needed');
  expect(readMemory(folder)).toEqual([]);
  rememberEntry(folder, { key: 'theme', text: '"dark"', at: 5 });
  rememberEntry(folder, { key: 'theme', text: '"light"', at: 4 });
  expect(readMemory(folder)).toEqual([{ key: 'theme', text: '"dark"', at: 5 }]);
  rememberEntry(folder, { key: 'theme', text: '"light"', at: 6 });
  for (let index = 10; index < 320; index++)
    rememberEntry(folder, { key: `view.${index}`, text: '{}', at: index });
  const entries = readMemory(folder);
  expect(entries).toHaveLength(300);
  expect(entries[0]?.key).toBe('view.319');
  expect(entries.some(({ key }) => key === 'theme')).toBe(false);
});

test('a damaged file costs no more than what was remembered', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'window-memory.json'), '[{"key":');
  expect(readMemory(folder)).toEqual([]);
  rememberEntry(folder, { key: 'theme', text: '"dark"', at: 1 });
  expect(readMemory(folder)).toHaveLength(1);
});
