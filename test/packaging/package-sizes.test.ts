import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  ceilings,
  overCeilings,
  packageSizes,
  sizeTable,
} from '../../packaging/check/package-sizes.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

function packageOf(files: Readonly<Record<string, number>>): string {
  const folder = join(temporaryFolder(), 'app');
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), Buffer.alloc(bytes));
  }
  return folder;
}

test('big files are counted each, others by their folder, links as links', () => {
  const folder = packageOf({
    program: 5_000_000,
    'a.pak': 300_000,
    'b.pak': 200_000,
    'resources/engine/bin/node': 4_000_000,
    'resources/engine/bin/negatoscope': 100,
    'resources/engine/page/assets/x/deep.js': 150_000,
    'resources/engine/page/index.html': 50_000,
  });
  symlinkSync('program', join(folder, 'link'));
  const sizes = packageSizes(folder);
  expect(Object.fromEntries(sizes.parts.map(({ path, bytes }) => [path, bytes]))).toEqual({
    program: 5_000_000,
    'resources/engine/bin/node': 4_000_000,
    './': 500_000 + 'program'.length,
    'resources/engine/page/': 200_000,
    'resources/engine/bin/': 100,
  });
  expect(sizes.unpackedBytes).toBe(9_700_107);
  const rows = sizeTable(sizes).split('\n');
  expect(rows.map((row) => row.trim().split(/\s{2,}/)).slice(0, 6)).toEqual([
    ['5.0', 'program'],
    ['4.0', 'resources/engine/bin/node'],
    ['0.5', './'],
    ['0.2', 'resources/engine/page/'],
    ['0.0', 'all else'],
    ['9.7', 'unpacked'],
  ]);
  // Ten million zeros are hardly anything compressed.
  expect(sizes.compressedBytes ?? 0).toBeLessThan(100_000);
});

test('a package that is over a ceiling is told so, one that is just at it is not', () => {
  const at = { parts: [], ...ceilings };
  expect(overCeilings(at)).toEqual([]);
  expect(overCeilings({ ...at, compressedBytes: null })).toEqual([]);
  expect(overCeilings({ ...at, unpackedBytes: at.unpackedBytes + 10_000_000 })).toEqual([
    'The package is 432.0 MB unpacked, over its 422.0 MB.',
  ]);
  expect(overCeilings({ ...at, compressedBytes: 200_000_000 })).toHaveLength(1);
});
