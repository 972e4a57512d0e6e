import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles } from '../../../../src-main/engine/exchange/import/find-files.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';

/** A file of that path in a new folder. */
function made(path: string): string {
  const file = join(temporaryFolder(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}

async function epochOf(path: string, pattern?: string): Promise<number | null | undefined> {
  return (await findFiles([made(path)], pattern)).vectors[0]?.epoch;
}

describe('the epoch of a file', () => {
  it.each([
    ['epoch_12.npy', undefined, 12],
    ['run-epoch=3/h.npy', undefined, 3],
    ['h.npy', undefined, null],
    ['h-e7.npy', 'e{epoch}', 7],
    ['e5/h.npy', 'e{epoch}', 5],
    ['step=400/h.npy', 'step={epoch}/', 400],
    ['a/run-e5/h9.npy', 'e{epoch}/h', 5],
  ] as const)('%s by the pattern %s is %s', async (path, pattern, epoch) => {
    expect(await epochOf(path, pattern)).toBe(epoch);
  });

  it.each([
    ['run-e5/h.npy', 'e{epoch}'],
    ['e5/sub/h.npy', 'e{epoch}'],
  ])('is not taken from a folder that is not meant: %s', async (path, pattern) => {
    await expect(epochOf(path, pattern)).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('does not fit the pattern e{epoch}') as string,
    });
  });
});
