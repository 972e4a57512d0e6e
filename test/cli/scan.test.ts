import { renameSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { noise, writeFiles } from '../engine/pictures/made-pictures.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';
import { parsed, runCli } from './run-cli.ts';

const clear = { r: 0, g: 0, b: 0, alpha: 0 };

test('a scan tells what it left out, what is blank and what is unusual; all of it can be changed', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'pictures');
  const jpeg = await noise(30, 20, 2).jpeg().toBuffer();
  writeFiles(folder, {
    'a/one.png': await noise(30, 20, 1).png().toBuffer(),
    'a/@eaDir/thumb.jpg': await noise(9, 9, 5).jpeg().toBuffer(),
    'b/cut.jpg': jpeg.subarray(0, -2),
    'b/clear.png': await sharp({ create: { width: 9, height: 9, channels: 4, background: clear } })
      .png()
      .toBuffer(),
  });
  const first = await runCli(home, ['scan', folder]);
  expect(first.stderr).not.toMatch(/error/i);
  expect(first.stdout).toMatch(/3 pictures in 3 files/);
  expect(first.stdout).toMatch(
    /1 hidden files or files of other programs left out \(@eaDir 1\); take them with --take-hidden/,
  );
  expect(first.stdout).toMatch(/blank b\/clear\.png: all transparent/);
  expect(first.stdout).toMatch(/note b\/cut\.jpg: Its file lacks the end marker of a JPEG/);

  const again = await runCli(home, [
    ...['scan', folder, '--take-hidden', '--background', 'black', '--json'],
  ]);
  expect(parsed(again)).toMatchObject({
    ...{ images: 4, leftOut: {}, labels: 3 },
    blank: [{ path: 'b/clear.png', blank: 'transparent' }],
    notes: [{ path: 'b/cut.jpg' }],
  });
  const wrong = await runCli(home, ['scan', folder, '--background', 'pink']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('checkerboard')]);
});

test('a folder that was moved keeps its library, which opens for the new place from then on', async () => {
  const home = temporaryFolder();
  const [before, now] = ['before', 'now'].map((name) => join(home, name)) as [string, string];
  writeFiles(before, {
    'a/one.png': await noise(30, 20, 1).png().toBuffer(),
    'b/two.png': await noise(30, 20, 2).png().toBuffer(),
  });
  await runCli(home, ['scan', before]);
  await runCli(home, [
    ...['verdict', '--pair', join(before, 'a/one.png'), join(before, 'b/two.png')],
    ...['--verdict', 'same'],
  ]);
  renameSync(before, now);
  const gone = await runCli(home, ['scan', before]);
  expect([gone.code, gone.stderr]).toEqual([
    1,
    expect.stringContaining(`scan NEW-PLACE --moved-from ${before}`),
  ]);
  const moved = await runCli(home, ['scan', 'now', '--moved-from', 'before', '--json']);
  expect(parsed(moved)).toMatchObject({ images: 2, files: 2, duplicates: 0 });
  const again = await runCli(home, ['scan', now, '--json']);
  expect(parsed(again)).toMatchObject({ images: 2 });
  const verdicts = await runCli(home, ['verdicts', '--json']);
  expect(parsed(verdicts)).toMatchObject({
    verdicts: [{ pair: [{ path: 'a/one.png' }, { path: 'b/two.png' }], verdict: 'same' }],
  });
});
