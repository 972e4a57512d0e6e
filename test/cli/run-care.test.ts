import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { addRawPixelRun } from '../contract/raw-pixel-run.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';
import type { CliResult } from './run-cli.ts';

let home: string;
let file: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope runs '));
  file = join(home, 'emoji.sqlite');
  await cli('scan', emojiFolder, '--json');
  await addRawPixelRun(file, emojiFolder);
});

afterAll(() => rm(home, { recursive: true, force: true }));

function cli(...args: string[]): Promise<CliResult> {
  return runCli(home, ['--library', file, ...args]);
}

async function answer(...args: string[]): Promise<unknown> {
  const result = await cli(...args, '--json');
  expect(result).toMatchObject({ code: 0 });
  return parsed(result);
}

async function names(...options: string[]): Promise<string[]> {
  return ((await answer('runs', ...options)) as { name: string }[]).map(({ name }) => name);
}

describe('run', () => {
  it('renames, notes and tags', async () => {
    const renamed = await answer('run', 'rename', '1', 'pixels');
    expect(renamed).toEqual({
      ...{ run: 1, name: 'pixels', note: '', tags: [], archived: false, deleted: null },
    });
    await answer('run', 'tag', 'pixels', 'to beat', 'baseline');
    await answer('run', 'untag', 'pixels', 'to beat');
    expect(await answer('run', 'note', 'pixels', 'no training')).toMatchObject({
      ...{ tags: ['baseline'], note: 'no training' },
    });
    const text = (await cli('runs')).stdout;
    expect(text).toMatch(/pixels .*#baseline/);
  });

  it('archives out of the list and back', async () => {
    expect(await answer('run', 'archive', 'pixels')).toMatchObject({ archived: true });
    expect([await names(), await names('--archived')]).toEqual([[], ['pixels']]);
    await answer('run', 'unarchive', 'pixels');
    expect(await names()).toEqual(['pixels']);
  });

  it('deletes, restores, and purges what was deleted', async () => {
    const { stdout } = await cli('run', 'delete', 'pixels');
    expect(stdout).toMatch(/^run 1 \(pixels\) deleted: run restore 1 brings it back/);
    expect([await names(), await names('--deleted')]).toEqual([[], ['pixels']]);
    expect(await answer('run', 'restore', 'pixels', '--name', 'back')).toMatchObject({
      ...{ name: 'back', deleted: null },
    });
    await answer('run', 'delete', 'back');
    expect(await answer('run', 'purge')).toMatchObject({ runs: 1, kept: [] });
    expect(await names('--deleted')).toEqual([]);
    const gone = await cli('run', 'restore', '1', '--json');
    expect(gone.code).toBe(1);
    expect(jsonError(gone)).toMatchObject({ error: { code: 'not-found' } });
  });

  it.each([
    [['run', 'rename', 'nobody', 'x'], 1, /There is no run nobody/],
    [['run', 'rename', '1'], 2, /Missing required argument 'name'/],
    [['run', 'tag', '1', 'a,b'], 2, /holds no comma/],
    [['run', 'renam', '1', 'x'], 2, /Unknown command 'renam'/],
    [['run'], 2, /Name a command/],
  ])('answers %j with exit code %i and one sentence', async (args, code, sentence) => {
    const result = await cli(...args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(sentence);
  });
});
