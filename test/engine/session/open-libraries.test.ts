import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { migrations } from '../../../src-main/engine/store/migrate.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

function engineIn(folder: string): Engine {
  const folders = { dataFolder: folder, modelFolder: folder, workingFolder: folder };
  const engine = createEngine({ ...folders, now: () => Date.now() });
  onTestFinished(() => engine.close());
  return engine;
}

test('a library where no folder can be made says why, and the open one stays open', async () => {
  const folder = temporaryFolder();
  const engine = engineIn(folder);
  const file = join(folder, 'open.sqlite');
  await engine.call('library.open', { file });
  writeFileSync(join(folder, 'notes.txt'), 'Milk, bread.');
  await expect(
    engine.call('library.open', { file: join(folder, 'notes.txt', 'l.sqlite') }),
  ).rejects.toMatchObject({
    code: 'library-unreadable',
    message: `The folder ${join(folder, 'notes.txt')} for the library cannot be made: there is a file in its way. Choose another folder, where you may write.`,
  });
  await expect(
    engine.call('library.open', { file: join(folder, 'notes.txt') }),
  ).rejects.toMatchObject({ code: 'library-unreadable' });
  expect(await engine.call('library.status', {})).toMatchObject({ file });
});

test('a library of a newer version is left as it was, and the open one stays open', async () => {
  const folder = temporaryFolder();
  const engine = engineIn(folder);
  const [newer, file] = ['newer.sqlite', 'open.sqlite'].map((name) => join(folder, name));
  await engine.call('library.open', { file: newer });
  await engine.call('library.open', { file });
  const raw = new Database(newer);
  raw.pragma(`user_version = ${migrations.length + 1}`);
  raw.close();
  const before = readFileSync(newer!);
  await expect(engine.call('library.open', { file: newer })).rejects.toMatchObject({
    code: 'library-newer',
    message: expect.stringContaining('Update Negatoscope to open it.') as string,
  });
  expect(readFileSync(newer!)).toEqual(before);
  expect(await engine.call('library.status', {})).toMatchObject({ file });
});
