import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;
let scanned: string;

const cli = (...args: string[]): Promise<CliResult> => runCli(home, args);

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(home, name);
  await writeFile(file, text);
  return file;
}

/** Two pictures called 1.png in two splits, one beside the classes, and one that is in both splits. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope label answers '));
  const bird = join(emojiFolder, 'animal-bird/1f413__noto.png');
  const names = { 'train/cat/1.png': '1f414', 'val/cat/1.png': '1f423', 'val/2.png': '1f424' };
  for (const [path, code] of Object.entries(names)) {
    const from = join(emojiFolder, `animal-bird/${code}__noto.png`);
    await cp(from, join(home, 'pictures', path));
  }
  for (const path of ['train/dog/both.png', 'val/dog/both.png']) {
    await cp(bird, join(home, 'pictures', path));
  }
  scanned = (await cli('scan', join(home, 'pictures'))).stdout;
});

afterAll(() => rm(home, { recursive: true, force: true }));

describe('a scan', () => {
  it('counts pictures without a label, and those in several splits', () => {
    expect(scanned).toContain('2 labels');
    expect(scanned).toContain('1 pictures have no label');
    expect(scanned).toContain('1 pictures of the library are in several splits');
  });

  it('says that a file is no folder', async () => {
    const { code, stderr } = await cli('scan', await fileOf('one.png', 'x'));
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('one.png is a file, not a folder') as string,
    });
  });
});

describe('labels of a file', () => {
  it('come with the rows that name no picture, or several', async () => {
    const text = 'path,label\ntrain/cat/1.png,tabby\nnope.png,x\n1.png,y\n';
    const { stdout } = await cli('labels', '--rule', await fileOf('some.csv', text));
    expect(stdout).toContain('in force: 1 labels, 3 pictures without');
    expect(stdout).toMatch(/2 rows .*, or not only one, such as nope\.png, 1\.png \(fits train/);
  });

  it('that names no picture are refused, and change nothing', async () => {
    await cli('labels', '--rule', 'deepest');
    const file = await fileOf('none.csv', 'path,label\nq/9.png,a\nq/8.png,b\n');
    const rule = await cli('labels', '--rule', file);
    expect(rule).toMatchObject({ code: 2, stdout: '' });
    expect(rule.stderr).toMatch(/None of the 2 rows of none\.csv names one picture .*q\/9\.png/);
    const byHand = await cli('labels', '--import', file);
    expect(byHand).toMatchObject({ code: 1, stdout: '' });
    expect(parsed(await cli('labels', '--json'))).toMatchObject({ folders: [{ rule: 'deepest' }] });
  });

  it('name pictures without their ending, as lists of ids do', async () => {
    const { stdout } = await cli('labels', '--rule', await fileOf('ids.csv', 'id,breed\n2,pug\n'));
    expect(stdout).toContain('in force: 1 labels, 3 pictures without');
    const { stderr } = await cli('labels', '--rule', await fileOf('one.csv', 'id,breed\n1,pug\n'));
    expect(stderr).toContain('None of the 1 rows of one.csv names one picture of this library');
  });

  it('without rows is told from one without columns', async () => {
    const file = await fileOf('head.csv', 'path,label\n');
    expect((await cli('labels', '--rule', file)).stderr).toContain(
      'head.csv has a head line (path, label) and no rows.',
    );
  });
});

describe('options of labels', () => {
  it('take rules as answers show them', async () => {
    expect((await cli('labels', '--rule', 'level:1')).stdout).toContain('level:1; the folders');
  });

  it.each([
    [['--rule', 'deepst'], '--rule is "deepst", which is neither'],
    [['--as', 'cat'], '--as needs --set.'],
    [['--by-folder'], '--by-folder needs --set.'],
    [['--all'], '--all needs --export.'],
    [['--set', 'val/2.png', '--as', 'none', 'cat'], '--as has none beside labels'],
  ])('%j are refused', async (options, sentence) => {
    const { code, stderr } = await cli('labels', ...options);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(sentence) as string,
    });
  });
});
