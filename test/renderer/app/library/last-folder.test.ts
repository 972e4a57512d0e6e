import { afterEach, expect, it, vi } from 'vitest';
import {
  folderOf,
  recallFolder,
  rememberFolder,
} from '../../../../src-renderer/app/library/last-folder.ts';
import { openMemory } from '../open-memory.ts';

afterEach(() => vi.unstubAllGlobals());

it('is the folder of pictures that was opened last, where one was', () => {
  const { memory } = openMemory();
  expect(recallFolder(memory)).toBeUndefined();
  rememberFolder(memory, '/pictures/birds');
  rememberFolder(memory, '/pictures/cats');
  expect(recallFolder(memory)).toBe('/pictures/cats');
  memory.remember('last-folder', { of: 'another version' });
  expect(recallFolder(memory)).toBeUndefined();
});

it.each([
  ['/data/birds.sqlite', '/data'],
  ['/birds.sqlite', '/'],
  ['C:\\data\\birds.sqlite', 'C:\\data'],
])('knows in which folder %s lies', (path, folder) => {
  expect(folderOf(path)).toBe(folder);
});
