import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

function engineIn(folder: string): Engine {
  const folders = { dataFolder: folder, modelFolder: folder, workingFolder: folder };
  const engine = createEngine({ ...folders, now: () => Date.now() });
  onTestFinished(() => engine.close());
  return engine;
}

it('a new library has the name of its folder before the first scan, and knows the folder', async () => {
  const home = temporaryFolder();
  const engine = engineIn(home);
  const folder = join(home, 'holiday');
  mkdirSync(folder);
  const named: Promise<{ name: string }>[] = [];
  engine.on('library', () => named.push(engine.call('library.status', {})));
  const opened = await engine.call('library.open', { folder: `${folder}/` });
  expect(opened).toMatchObject({
    name: 'holiday',
    folders: [{ path: folder, scannedAt: null, isThere: true }],
  });
  // The desktop's title is read at this event.
  expect(await named[0]).toMatchObject({ name: 'holiday' });
});

it('pictures that come into an empty folder are found by a scan of the folder that the library knows', async () => {
  const home = temporaryFolder();
  const engine = engineIn(home);
  const folder = join(home, 'holiday');
  mkdirSync(folder);
  await engine.call('library.open', { folder });
  expect(await runToState(engine, 'scan', { folder })).toMatchObject({
    state: 'failed',
    error: { message: `The folder ${folder} is empty: it holds no pictures.` },
  });
  const [known] = (await engine.call('library.status', {})).folders;
  cpSync(join(emojiFolder, 'clothing'), join(folder, 'train', 'clothing'), { recursive: true });
  cpSync(join(emojiFolder, 'food-fruit'), join(folder, 'val', 'fruit'), { recursive: true });
  expect(await runToState(engine, 'scan', { folder: known?.path ?? '' })).toMatchObject({
    state: 'done',
  });
  const { folders, labels, splits } = await engine.call('library.status', {});
  expect(folders).toHaveLength(1);
  // The rule is the one that the tree suggests, not that of the empty folder.
  expect(folders[0]?.scannedAt).not.toBeNull();
  expect(labels.map(({ label }) => label).sort()).toEqual(['clothing', 'fruit']);
  expect(splits.map(({ split }) => split).sort()).toEqual(['train', 'val']);
});

it('a library with a folder is for no other one', async () => {
  const home = temporaryFolder();
  const engine = engineIn(home);
  const file = join(home, 'both.sqlite');
  await engine.call('library.open', { file, folder: join(emojiFolder, 'clothing') });
  expect(await engine.call('library.status', {})).toMatchObject({ name: 'clothing' });
  await runToState(engine, 'scan', { folder: join(emojiFolder, 'clothing') });
  await engine.call('library.open', { file: join(home, 'other.sqlite') });
  await engine.call('library.open', { file, folder: join(emojiFolder, 'food-fruit') });
  expect((await engine.call('library.status', {})).folders.map(({ path }) => path)).toEqual([
    join(emojiFolder, 'clothing'),
  ]);
});
