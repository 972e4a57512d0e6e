import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

interface Moved {
  readonly home: string;
  readonly engine: Engine;
  readonly from: string;
  readonly to: string;
  readonly hashes: readonly string[];
}

/** A scanned library with a run, a label by hand and a verdict, whose folder was moved away. */
async function movedLibrary(): Promise<Moved> {
  const home = temporaryFolder();
  const engine = engineIn(home);
  const [from, to] = [join(home, 'before'), join(home, 'disk', 'now')];
  cpSync(join(emojiFolder, 'clothing'), join(from, 'clothing'), { recursive: true });
  cpSync(join(emojiFolder, 'food-fruit'), join(from, 'fruit'), { recursive: true });
  await engine.call('library.open', { folder: from });
  await runToState(engine, 'scan', { folder: from });
  await runToState(engine, 'embed', { encoder: 'pixels' });
  const { hashes } = await engine.call('library.samples', {});
  const [first = '', second = ''] = hashes;
  await engine.call('labels.edit', { edits: [{ hash: first, labels: ['hat'] }] });
  await engine.call('verdicts.set', { pair: [first, second], verdict: 'same' });
  mkdirSync(join(home, 'disk'));
  renameSync(from, to);
  return { home, engine, from, to, hashes };
}

const image = (engine: Engine, hash: string): Promise<unknown> =>
  engine.call('pictures.image', { hash, size: 64 });

it('tells that a folder is gone, in its status, at a scan and where nothing can be decoded', async () => {
  const { engine, from } = await movedLibrary();
  expect((await engine.call('library.status', {})).folders).toMatchObject([{ isThere: false }]);
  const told = expect.stringContaining(`The folder ${from} is not there any more`) as string;
  expect(await runToState(engine, 'scan', { folder: from })).toMatchObject({
    ...{ state: 'failed', error: { code: 'bad-picture-folder', message: told } },
  });
  // Another folder that there never was is only not there.
  expect(await runToState(engine, 'scan', { folder: `${from}x` })).toMatchObject({
    error: { message: `There is no folder ${from}x.` },
  });
});

it('leads every path to the new place, and keeps labels, verdicts and runs', async () => {
  const { engine, from, to, hashes } = await movedLibrary();
  const [first = ''] = hashes;
  await expect(image(engine, first)).rejects.toThrow();
  const [before, runs] = [
    await engine.call('library.samples', {}),
    await engine.call('runs.list', {}),
  ];
  const status = await engine.call('library.moveFolder', { from, to });
  expect(status).toMatchObject({ name: 'now', folders: [{ path: to, isThere: true }] });
  expect(await engine.call('library.samples', {})).toEqual(before);
  expect(await engine.call('runs.list', {})).toEqual(runs);
  expect(await engine.call('verdicts.list', {})).toHaveLength(1);
  const { edits } = await engine.call('labels.listByHand', {});
  expect(edits).toMatchObject([{ hash: first, labels: ['hat'] }]);
  const { files } = await engine.call('pictures.details', { hash: first });
  expect(files.every(({ path }) => path.startsWith(to))).toBe(true);
  expect(await image(engine, first)).toBeInstanceOf(Uint8Array);
  // Nothing has changed in it: no file is read again.
  const messages: string[] = [];
  engine.on('job', ({ message }) => messages.push(message));
  expect(await runToState(engine, 'scan', { folder: to })).toMatchObject({ state: 'done' });
  expect(messages).toContain('Nothing has changed');
});

it('opens the library of the new place when that is opened', async () => {
  const { home, engine, from, to } = await movedLibrary();
  const { file } = await engine.call('library.status', {});
  await engine.call('library.moveFolder', { from, to });
  await engine.call('library.open', { file: join(home, 'other.sqlite') });
  expect(await engine.call('library.open', { folder: to })).toMatchObject({ file });
});

it('refuses a folder that holds none of the pictures, and one that it does not know', async () => {
  const { engine, home, from, to } = await movedLibrary();
  const wrong = join(home, 'disk');
  await expect(engine.call('library.moveFolder', { from, to: wrong })).rejects.toMatchObject({
    code: 'bad-picture-folder',
    message: expect.stringContaining(`${wrong} holds none of the pictures of ${from}`) as string,
  });
  await expect(engine.call('library.moveFolder', { from, to: `${to}x` })).rejects.toMatchObject({
    message: `There is no folder ${to}x.`,
  });
  await expect(engine.call('library.moveFolder', { from: to, to })).rejects.toMatchObject({
    ...{ code: 'not-found', message: `${to} is no folder of this library. Its folders: ${from}.` },
  });
  expect((await engine.call('library.status', {})).folders).toMatchObject([{ path: from }]);
});

it('forgets the old place where the new one was scanned into the library already', async () => {
  const { engine, from, to, hashes } = await movedLibrary();
  await runToState(engine, 'scan', { folder: to });
  expect((await engine.call('library.status', {})).duplicates).toBeGreaterThan(0);
  const { folders, duplicates } = await engine.call('library.moveFolder', { from, to });
  expect([folders.map(({ path }) => path), duplicates]).toEqual([[to], 0]);
  expect((await engine.call('library.samples', {})).hashes).toEqual(hashes);
});

it('takes a file of labels that lay in the folder along', async () => {
  const { engine, home, from, to } = await movedLibrary();
  await engine.call('library.moveFolder', { from, to });
  const paths = (await engine.call('library.samples', {})).paths;
  writeFileSync(
    join(to, 'labels.csv'),
    ['path,label', ...paths.map((path) => `${path},thing`)].join('\n'),
  );
  await engine.call('labels.setRule', { rule: `file:${join(to, 'labels.csv')}` });
  const last = join(home, 'last');
  cpSync(to, last, { recursive: true });
  rmSync(to, { recursive: true });
  const { folders } = await engine.call('library.moveFolder', { from: to, to: last });
  expect(folders).toMatchObject([{ path: last, labels: `file:${join(last, 'labels.csv')}` }]);
});
