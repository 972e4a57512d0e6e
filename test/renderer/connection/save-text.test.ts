import { afterEach, expect, it, vi } from 'vitest';
import { saveText } from '../../../src-renderer/connection/save-text.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('has the browser save a text under its name, and frees it afterwards', async () => {
  const link = { href: '', download: '', click: () => done.push(['click', link.href]) };
  const done: unknown[][] = [];
  const blobs: Blob[] = [];
  vi.stubGlobal('document', { createElement: () => link });
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return 'blob:1';
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((address) => done.push(['free', address]));
  saveText('a,b\r\n', 'verdicts.csv', 'text/csv');
  expect(link.download).toBe('verdicts.csv');
  expect(done).toEqual([
    ['click', 'blob:1'],
    ['free', 'blob:1'],
  ]);
  expect([await blobs[0]?.text(), blobs[0]?.type]).toEqual(['a,b\r\n', 'text/csv']);
});
