import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../src-main/engine/engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { runCli } from '../../cli/run-cli.ts';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { runToState } from '../../contract/wait-for-job.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

function engineIn(folder: string): Engine {
  const folders = { dataFolder: folder, modelFolder: folder, workingFolder: folder };
  const engine = createEngine({ ...folders, now: () => Date.now() });
  onTestFinished(() => engine.close());
  return engine;
}

function librariesIn(home: string): string[] {
  const folder = join(home, 'libraries');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A folder with a file that is no picture. */
function folderOfNotes(home: string): string {
  const folder = join(home, 'notes');
  mkdirSync(folder);
  writeFileSync(join(folder, 'notes.txt'), 'Milk, bread.');
  writeFileSync(join(folder, 'broken.png'), 'Eggs.');
  return folder;
}

describe('a library that a scan made and found nothing for', () => {
  it('is not there after the command, nor the one used last', async () => {
    const home = temporaryFolder();
    const used = join(home, 'used.sqlite');
    await runCli(home, ['scan', join(emojiFolder, 'clothing'), '--library', used]);
    const scanned = await runCli(home, ['scan', folderOfNotes(home)]);
    expect(scanned).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('can be used: 1 file skipped') as string,
    });
    expect(librariesIn(home)).toEqual([]);
    mkdirSync(join(home, 'empty'));
    expect(await runCli(home, ['scan', join(home, 'empty')])).toMatchObject({ code: 1 });
    expect(librariesIn(home)).toEqual([]);
    const status = await runCli(home, ['verdicts', '--export', 'v.csv']);
    expect(status).toMatchObject({ code: 0 });
    const recent = JSON.parse(readFileSync(join(home, 'recent-libraries.json'), 'utf8')) as unknown;
    expect(recent).toMatchObject([{ file: used }]);
  });

  it('goes when the app leaves it, which remembers the one before', async () => {
    const home = temporaryFolder();
    const engine = engineIn(home);
    const used = join(home, 'used.sqlite');
    await engine.call('library.open', { file: used });
    await runToState(engine, 'scan', { folder: join(emojiFolder, 'clothing') });
    const notes = folderOfNotes(home);
    await engine.call('library.open', { folder: notes });
    expect(await runToState(engine, 'scan', { folder: notes })).toMatchObject({ state: 'failed' });
    // The window still says why.
    expect(await engine.call('library.skips', {})).toHaveLength(1);
    expect(await engine.call('library.recent', {})).toMatchObject([{ file: used }]);
    await engine.call('library.open', { file: used });
    expect(librariesIn(home)).toEqual([]);
  });

  it('stays where it was there before, or something is in it', async () => {
    const home = temporaryFolder();
    const engine = engineIn(home);
    const [old, next] = ['old.sqlite', 'next.sqlite'].map((name) => join(home, name));
    await engine.call('library.open', { file: old });
    await engine.call('library.open', { file: next });
    await engine.call('library.open', { file: old });
    const notes = folderOfNotes(home);
    await runToState(engine, 'scan', { folder: notes });
    await engine.call('library.open', { file: next });
    expect(existsSync(old!)).toBe(true);
    const made = join(home, 'made.sqlite');
    await engine.call('library.open', { file: made });
    await runToState(engine, 'scan', { folder: join(emojiFolder, 'clothing') });
    await runToState(engine, 'scan', { folder: notes });
    await engine.call('library.open', { file: next });
    expect(existsSync(made)).toBe(true);
    expect((await engine.call('library.recent', {}))[1]).toMatchObject({ file: made });
  });
});

it.each([
  ['map', '--run', '1'],
  ['train', '--epochs', '1'],
])('a mistyped library is not made by %s', async (...args) => {
  const home = temporaryFolder();
  const typo = join(home, 'typo.sqlite');
  expect(await runCli(home, [...args, '--library', typo])).toMatchObject({ code: 1 });
  expect(readdirSync(home)).toEqual([]);
});
