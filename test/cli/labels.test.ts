import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

const classes = ['food-fruit', 'animal-bird'];
let home: string;
let folder: string;

const cli = (...args: string[]): Promise<CliResult> => runCli(home, args);

/** Emoji of two classes, every second one for validation, and one picture in both classes. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope labels '));
  folder = join(home, 'pictures');
  for (const label of classes) {
    const names = (await readdir(join(emojiFolder, label))).sort();
    for (const [index, name] of names.entries()) {
      const split = index % 2 === 0 ? 'train' : 'val';
      await cp(join(emojiFolder, label, name), join(folder, split, label, name));
    }
  }
  await cp(
    join(emojiFolder, 'animal-bird/1f413__noto.png'),
    join(folder, 'val/food-fruit/rooster.png'),
  );
  const scanned = await cli('scan', folder);
  expect(scanned).toMatchObject({ code: 0, stderr: expect.any(String) as string });
  expect(scanned.stdout).toContain('1 duplicates, 2 labels, 0 skipped');
  expect(scanned.stdout).toContain('train and val are splits, not classes');
  expect(scanned.stdout).toContain('1 pictures lie in folders of different labels');
});

afterAll(() => rm(home, { recursive: true, force: true }));

describe('labels', () => {
  it('tells what each rule gives, and changes it without a scan', async () => {
    const shown = await cli('labels');
    expect(shown.stdout).toMatch(/deepest: 2 labels, 0 pictures without/);
    expect(shown.stdout).toMatch(/level:1: 2 labels, .*: val \(13\), train \(12\)/);
    const changed = parsed(await cli('labels', '--rule', '1', '--json'));
    expect(changed).toMatchObject({
      labels: [{ label: 'train' }, { label: 'val' }],
      splits: [],
      folders: [{ rule: 'level:1', proposal: { rule: 'deepest' } }],
    });
    const back = parsed(await cli('labels', '--rule', 'folder', '--json'));
    expect(back).toMatchObject({ labels: [{ label: 'animal-bird' }, { label: 'food-fruit' }] });
  });

  it('lists a conflict until it is decided by hand, and takes that back', async () => {
    const rooster = join(folder, 'val/food-fruit/rooster.png');
    const listed = await cli('labels', '--conflicts');
    expect(listed.stdout).toMatch(/no label, animal-bird or food-fruit: .*rooster\.png/);
    await cli('labels', '--set', rooster, '--as', 'animal-bird', 'farm');
    expect((await cli('labels', '--conflicts', '--json')).stdout).toContain('"conflicts":[]');
    const found = parsed(await cli('labels', '--json'));
    expect(found).toMatchObject({
      labelConflicts: 0,
      labels: [{}, { label: 'farm', count: 1 }, {}],
    });
    await cli('labels', '--set', rooster, '--by-folder');
    expect(parsed(await cli('labels', '--json'))).toMatchObject({ labelConflicts: 1 });
  });

  it('by hand are written to a file and read again', async () => {
    await cli('labels', '--set', join(folder, 'val/food-fruit/rooster.png'), '--as', 'none');
    const file = join(home, 'labels.csv');
    expect((await cli('labels', '--export', file)).stdout).toContain('1 pictures written');
    expect(await readFile(file, 'utf8')).toMatch(/^hash,path,label,split,source\n.*,hand\n$/);
    await cli('labels', '--set', join(folder, 'val/food-fruit/rooster.png'), '--by-folder');
    expect((await cli('labels', '--import', file)).stdout).toContain('1 labels changed, 0 known');
    expect((await cli('labels', '--import', file)).stdout).toContain('0 labels changed, 1 known');
  });

  it('of a file that is none are refused, and change nothing', async () => {
    const file = join(home, 'none.csv');
    await writeFile(file, 'width,height\n1,2\n');
    const refused = await cli('labels', '--rule', file);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('none.csv has no column of paths or content hashes');
    const unknown = await cli('labels', '--rule', 'deepst');
    expect(unknown.stderr).toContain('neither deepest, top, path, none, folder');
    expect(parsed(await cli('labels', '--json'))).toMatchObject({ folders: [{ rule: 'deepest' }] });
  });

  it('and splits are scored and exported', async () => {
    expect((await cli('embed', '--encoder', 'pixels', '--name', 'pixels')).code).toBe(0);
    const scores = parsed(await cli('evaluate', '--run', 'pixels', '--json'));
    expect(scores).toMatchObject({
      split: {
        ...{ train: ['train'], test: ['val'] },
        knn: expect.any(Number) as number,
        linear: expect.any(Number) as number,
      },
    });
    const other = await cli('evaluate', '--run', 'pixels', '--train', 'val', '--test', 'trian');
    expect(other.stderr).toMatch(/no split "trian"; did you mean "train"\?/);
    const out = join(home, 'map.csv');
    expect(
      (await cli('export', '--run', 'pixels', '--what', 'embeddings', '--out', out)).code,
    ).toBe(0);
    expect(await readFile(out, 'utf8')).toMatch(/^hash,path,label,split,/);
  });
});
